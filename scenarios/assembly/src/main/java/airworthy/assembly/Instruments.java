package airworthy.assembly;

import airworthy.model.PlatformProfile;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.KubernetesConnection;
import airworthy.probes.kubernetes.NodeProbe;
import airworthy.probes.kubernetes.OwnerProbe;
import airworthy.probes.kubernetes.PodProbe;
import airworthy.probes.kubernetes.WorkloadProbe;
import airworthy.probes.prometheus.PrometheusProbe;
import java.util.Optional;

/**
 * What a platform is read by, wired from its profile. Closing it closes the connections.
 *
 * @param profile the platform's
 * @param cluster its Kubernetes API
 * @param caller for whatever answers HTTP
 * @param reads reading by it
 * @param workloads controllers and their replicas
 * @param devices accelerators and claims
 * @param pods pods and where they run
 * @param nodes nodes and their accelerators
 * @param owners who is named as owner
 * @param prometheus where the profile names one
 */
record Instruments(
        PlatformProfile profile,
        KubernetesConnection cluster,
        HttpCaller caller,
        HttpReads reads,
        WorkloadProbe workloads,
        DeviceProbe devices,
        PodProbe pods,
        NodeProbe nodes,
        OwnerProbe owners,
        Optional<PrometheusProbe> prometheus)
        implements AutoCloseable {

    static Instruments of(PlatformProfile profile, KubernetesConnection cluster) {
        HttpCaller caller = new HttpCaller(new Names(profile.names()), Limits.standard(), Optional.of(cluster.login()));
        HttpReads reads = new HttpReads(caller);
        return new Instruments(
                profile,
                cluster,
                caller,
                reads,
                new WorkloadProbe(cluster),
                new DeviceProbe(cluster),
                new PodProbe(cluster),
                new NodeProbe(cluster),
                new OwnerProbe(cluster),
                profile.prometheus().map(url -> new PrometheusProbe(url, reads)));
    }

    @Override
    public void close() {
        caller.close();
        cluster.close();
    }
}
