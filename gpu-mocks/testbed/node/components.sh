# shellcheck shell=bash disable=SC2034,SC2154
# How each component is set up and run. Sourced by the entrypoint, which names the folders and addresses, and the order.

snapshotter() {
    local folder=$k3s/agent/overlay-trial
    mkdir -p "$folder"/{lower,upper,work,merged}
    if mount -t overlay -o "lowerdir=$folder/lower,upperdir=$folder/upper,workdir=$folder/work" overlay "$folder/merged" 2>/dev/null; then
        umount "$folder/merged"
        echo overlayfs
    else
        echo native
    fi
    rm -rf "$folder"
}

make_certificates() {
    mkdir -p "$tls" "$credentials"
    chmod 0700 "$tls" "$credentials"
    authority ca
    # Extension API servers know the API server's word for who calls by an authority of its own.
    authority request-header-ca
    certificate auth-proxy /CN=system:auth-proxy clientAuth "" request-header-ca
    if [ ! -f "$tls/service-account.key" ]; then
        make_key "$tls/service-account.key"
        openssl pkey -in "$tls/service-account.key" -pubout -out "$tls/service-account.pub"
    fi
    local own
    own=$(alternative_names kubernetes kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local localhost \
        127.0.0.1 "$api_address" "$node_address" "$node_name" ${tls_sans[@]+"${tls_sans[@]}"})
    certificate kube-apiserver /CN=kube-apiserver serverAuth "$own"
    certificate kubelet-serving "/O=system:nodes/CN=system:node:$node_name" serverAuth \
        "$(alternative_names "$node_name" "$node_address" 127.0.0.1)"
    certificate kube-apiserver-kubelet-client /CN=kube-apiserver-kubelet-client clientAuth
    certificate admin /O=system:masters/CN=system:admin clientAuth
    certificate kube-controller-manager /CN=system:kube-controller-manager clientAuth
    certificate kube-scheduler /CN=system:kube-scheduler clientAuth
    certificate kube-proxy /CN=system:kube-proxy clientAuth
    certificate coredns /CN=system:coredns clientAuth
    certificate kubelet "/O=system:nodes/CN=system:node:$node_name" clientAuth
    local client
    for client in kube-controller-manager kube-scheduler kube-proxy coredns kubelet; do
        kubeconfig "$client" "$credentials/$client.kubeconfig"
    done
    kubeconfig admin /etc/rancher/k3s/k3s.yaml
}

run_etcd() {
    mkdir -p "$k3s/server/db"
    # The cluster lives as long as its container: it need not survive a power cut.
    run etcd etcd --data-dir "$k3s/server/db/etcd" --listen-client-urls http://127.0.0.1:2379 \
        --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380 --unsafe-no-fsync --log-level warn
}

run_kube_apiserver() {
    run kube-apiserver kube-apiserver --etcd-servers=http://127.0.0.1:2379 --advertise-address="$node_address" --secure-port=6443 \
        --tls-cert-file="$tls/kube-apiserver.crt" --tls-private-key-file="$tls/kube-apiserver.key" --client-ca-file="$tls/ca.crt" \
        --kubelet-client-certificate="$tls/kube-apiserver-kubelet-client.crt" \
        --kubelet-client-key="$tls/kube-apiserver-kubelet-client.key" --kubelet-certificate-authority="$tls/ca.crt" \
        --kubelet-preferred-address-types=InternalIP --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
        --service-account-issuer=https://kubernetes.default.svc.cluster.local \
        --service-account-key-file="$tls/service-account.pub" --service-account-signing-key-file="$tls/service-account.key" \
        --requestheader-client-ca-file="$tls/request-header-ca.crt" --requestheader-allowed-names=system:auth-proxy \
        --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
        --requestheader-extra-headers-prefix=X-Remote-Extra- \
        --proxy-client-cert-file="$tls/auth-proxy.crt" --proxy-client-key-file="$tls/auth-proxy.key" \
        --service-cluster-ip-range="$services" --allow-privileged=true --runtime-config=api/all=true \
        --feature-gates="$gates" ${kube_apiserver_arguments[@]+"${kube_apiserver_arguments[@]}"}
}

# Each controller asks for a token of its own at the start: the client's usual limits would make that four seconds.
run_kube_controller_manager() {
    run kube-controller-manager kube-controller-manager --kubeconfig="$credentials/kube-controller-manager.kubeconfig" \
        --authentication-kubeconfig="$credentials/kube-controller-manager.kubeconfig" \
        --authorization-kubeconfig="$credentials/kube-controller-manager.kubeconfig" --bind-address=127.0.0.1 \
        --leader-elect=false --use-service-account-credentials --service-account-private-key-file="$tls/service-account.key" \
        --root-ca-file="$tls/ca.crt" --cluster-signing-cert-file="$tls/ca.crt" --cluster-signing-key-file="$tls/ca.key" \
        --kube-api-qps=200 --kube-api-burst=400 --allocate-node-cidrs --cluster-cidr="$pods" --service-cluster-ip-range="$services" \
        --feature-gates="$gates"
}

run_kube_scheduler() {
    run kube-scheduler kube-scheduler --kubeconfig="$credentials/kube-scheduler.kubeconfig" \
        --authentication-kubeconfig="$credentials/kube-scheduler.kubeconfig" \
        --authorization-kubeconfig="$credentials/kube-scheduler.kubeconfig" --bind-address=127.0.0.1 --leader-elect=false \
        --feature-gates="$gates"
}

# NodePorts are served on the node's primary address, which is the one that Docker's published ports lead to.
run_kube_proxy() {
    cat >/etc/kubernetes-proxy.yaml <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: {kubeconfig: "$credentials/kube-proxy.kubeconfig"}
hostnameOverride: "$node_name"
mode: nftables
clusterCIDR: "$pods"
nodePortAddresses: [primary]
metricsBindAddress: 127.0.0.1:10249
healthzBindAddress: 127.0.0.1:10256
# The connection table is the host's: its size is not this container's to set.
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
featureGates: {$(sed 's/=/: /g; s/,/, /g' <<<"$gates")}
YAML
    run kube-proxy kube-proxy --config=/etc/kubernetes-proxy.yaml
}

run_coredns() {
    local forward=
    ! grep -q '^nameserver' /etc/resolv.conf || forward='forward . /etc/resolv.conf'
    cat >/etc/Corefile <<COREFILE
.:53 {
    bind $node_address
    errors
    health 127.0.0.1:10054
    ready 127.0.0.1:10055
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        kubeconfig $credentials/coredns.kubeconfig default
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
    }
    $forward
    cache 30
    loop
}
COREFILE
    run coredns coredns -conf /etc/Corefile
}

run_containerd() {
    local snapshots=$1
    # A machine may lack CAP_SYS_RESOURCE: scores that would need it are kept as they are. ptp gives each pod a link of its
    # own, so that answers to a service's address pass the node's rules without the br_netfilter module.
    cat >/etc/containerd/config.toml <<TOML
version = 4
root = "$k3s/agent/containerd"
[plugins."io.containerd.cri.v1.images"]
  snapshotter = "$snapshots"
  [plugins."io.containerd.cri.v1.images".pinned_images]
    sandbox = "airworthy/pause:dev"
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true
  [plugins."io.containerd.cri.v1.runtime".cni]
    bin_dirs = ["/usr/lib/cni"]
    conf_dir = "/etc/cni/net.d"
TOML
    cat >/etc/cni/net.d/10-testbed.conflist <<JSON
{"cniVersion": "1.0.0", "name": "testbed", "plugins": [
  {"type": "ptp", "ipMasq": true, "ipam": {"type": "host-local", "dataDir": "/run/cni-ipam",
    "ranges": [[{"subnet": "$node_pods"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
JSON
    run containerd containerd --log-level warn
    await "containerd answers ($snapshots)" ctr --connect-timeout 1s version
}

import_images() {
    local snapshots=$1 tar
    for tar in "$shared"/pause.tar "$images"/*.tar; do
        [ -f "$tar" ] || continue
        ctr images import --local --snapshotter "$snapshots" "$tar" >"$logs/import.log" 2>&1 \
            || stop "the images of $tar could not be imported: $(tail -n 3 "$logs/import.log")"
        say "imported $tar"
    done
}

run_kubelet() {
    cat >/etc/kubelet.yaml <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: "$tls/ca.crt"}
authorization: {mode: Webhook}
tlsCertFile: "$tls/kubelet-serving.crt"
tlsPrivateKeyFile: "$tls/kubelet-serving.key"
containerRuntimeEndpoint: "unix://$containerd_socket"
clusterDNS: ["$dns_address"]
clusterDomain: cluster.local
resolvConf: /etc/resolv.conf
cgroupDriver: cgroupfs
cgroupRoot: "$pods_cgroup"
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: []
# The disk is the host's, and no image could be pulled again: nothing is thrown away for want of room until the very end.
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
# What the host fixes is not to be changed from within a container.
protectKernelDefaults: false
featureGates: {$(sed 's/=/: /g; s/,/, /g' <<<"$gates")}
YAML
    run kubelet kubelet --config=/etc/kubelet.yaml --kubeconfig="$credentials/kubelet.kubeconfig" \
        --hostname-override="$node_name" --node-ip="$node_address" --housekeeping-interval=30s
}

apply_manifests() {
    sed -e "s/NODE_ADDRESS/$node_address/" -e "s/NODE_NAME/$node_name/" "$shared"/cluster.yaml | kubectl apply -f - >"$logs/apply.log" 2>&1 \
        || stop "the cluster's own objects were not taken: $(cat "$logs/apply.log")"
}
