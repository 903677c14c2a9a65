# shellcheck shell=bash disable=SC2154
# The cluster's certificates and the kubeconfigs made of them. Sourced by the entrypoint, which names $tls and $credentials.

# authority NAME: a restarted container keeps its authorities, so that what was handed out stays valid.
authority() {
    local name=$1
    [ ! -f "$tls/$name.crt" ] || return 0
    make_key "$tls/$name.key"
    openssl req -x509 -new -key "$tls/$name.key" -days 3650 -subj "/CN=airworthy-testbed-$name" -out "$tls/$name.crt" \
        -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,digitalSignature,keyCertSign,cRLSign"
}

# In the form in which k3s writes keys (SEC 1): client libraries tell the algorithm by its header.
make_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1" 2>/dev/null; }

# certificate NAME SUBJECT USE [ALTERNATIVE_NAMES [AUTHORITY]]; USE is clientAuth or serverAuth.
certificate() {
    local name=$1 subject=$2 use=$3 alternatives=${4:-} authority=${5:-ca}
    make_key "$tls/$name.key"
    openssl req -new -key "$tls/$name.key" -subj "$subject" -out "$tls/$name.csr"
    {
        echo "basicConstraints=critical,CA:FALSE"
        echo "keyUsage=critical,digitalSignature"
        echo "extendedKeyUsage=$use"
        [ -z "$alternatives" ] || echo "subjectAltName=$alternatives"
    } >"$tls/$name.ext"
    openssl x509 -req -in "$tls/$name.csr" -CA "$tls/$authority.crt" -CAkey "$tls/$authority.key" -CAcreateserial -days 3650 \
        -extfile "$tls/$name.ext" -out "$tls/$name.crt" 2>/dev/null \
        || { echo "testbed: no certificate for $subject could be signed, alternative names: $alternatives" >&2; exit 1; }
    rm "$tls/$name.csr" "$tls/$name.ext"
}

# alternative_names NAME...: each an address or a host's name, in OpenSSL's words.
alternative_names() {
    local name list=
    for name in "$@"; do
        if [[ $name =~ ^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$ || $name == *:* ]]; then list+=",IP:$name"; else list+=",DNS:$name"; fi
    done
    echo "${list#,}"
}

# kubeconfig NAME FILE: for the client whose certificate is NAME; everything in it is called default, as in k3s's.
kubeconfig() {
    local name=$1 file=$2
    install -m 0600 /dev/null "$file"
    cat >"$file" <<YAML
apiVersion: v1
kind: Config
clusters:
  - name: default
    cluster:
      server: https://127.0.0.1:6443
      certificate-authority-data: $(base64 -w0 "$tls/ca.crt")
users:
  - name: default
    user:
      client-certificate-data: $(base64 -w0 "$tls/$name.crt")
      client-key-data: $(base64 -w0 "$tls/$name.key")
contexts:
  - name: default
    context: {cluster: default, user: default}
current-context: default
YAML
}
