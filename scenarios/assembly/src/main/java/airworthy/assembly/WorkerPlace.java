package airworthy.assembly;

import airworthy.load.pods.Cpu;
import airworthy.model.PlatformProfile;

/** Where load workers run. */
public sealed interface WorkerPlace {

    /**
     * As processes beside this one.
     *
     * @param installation where the load JVM's jars are
     */
    record Here(Installation installation) implements WorkerPlace {}

    /**
     * As pods of an Indexed Job, which is deleted at the end.
     *
     * @param cluster how its API is reached
     * @param namespace where the Job is made
     * @param image what its pods run
     * @param cpu processor that each pod asks for
     */
    record InCluster(PlatformProfile.Cluster cluster, String namespace, String image, Cpu cpu) implements WorkerPlace {}
}
