package airworthy.faults.artefact;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.JsonValue;
import airworthy.faults.NoPlan;
import airworthy.faults.Planning;
import airworthy.model.Change;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ObjectRef;
import airworthy.model.PlatformProfile;
import airworthy.model.WorkloadRef;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lets a copy of a served workload fetch its model through a proxy of ours, which makes another of it on the way. The workload
 * itself is left alone. Touches the copy's own workload, and clients where a platform lets the copy serve. Thread-safe.
 */
public final class ArtefactByProxy implements FaultInjector {
    private static final String MECHANISM = "artefact";

    private final KubernetesConnection cluster;
    private final DeviceProbe devices;
    private final PlatformProfile profile;

    /** @param profile names the served models, where they come from, and the proxy's image */
    public ArtefactByProxy(KubernetesConnection cluster, DeviceProbe devices, PlatformProfile profile) {
        this.cluster = cluster;
        this.devices = devices;
        this.profile = profile;
    }

    @Override
    public String mechanism() {
        return MECHANISM;
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.Download;
    }

    @Override
    public Planning plan(Assignment assignment) throws InterruptedException {
        if (!(assignment.fault() instanceof Fault.Download download)) {
            throw new IllegalArgumentException(
                    "not known here: " + assignment.fault().kind());
        }
        try {
            return plan(download, assignment);
        } catch (NoPlan e) {
            return e.planning();
        }
    }

    /** Where the proxy of such a plan tells what it passed on. */
    public static Optional<URI> downloads(Planning.Planned planned) {
        return planned.changes().stream()
                .flatMap(change ->
                        change instanceof Change.PullLever pull ? Stream.of(pull.lever()) : Stream.<URI>empty())
                .findFirst()
                .map(lever -> lever.resolve("../downloads"));
    }

    private Planning plan(Fault.Download download, Assignment assignment) throws NoPlan, InterruptedException {
        String image = profile.harnessImage()
                .orElseThrow(() ->
                        NoPlan.notApplicable("no image for the proxy; name one under harness.image in the profile"));
        PlatformProfile.Inference served = profile.inference().stream()
                .filter(each -> assignment
                        .target()
                        .inference()
                        .filter(each.name()::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() ->
                        NoPlan.notApplicable(assignment.target().description() + " is no served model of the profile"));
        PlatformProfile.Artefact artefact = served.artefact()
                .orElseThrow(() -> NoPlan.notApplicable("the profile does not say where " + served.name()
                        + " gets its model from; add artefact: { env: VARIABLE, url: http://STORE, revisionLabel: LABEL }"
                        + " to it under inference"));
        TwinManifests manifests =
                new TwinManifests(served.workload(), deployment(served.workload()), artefact, image, assignment.mark());
        require(served.workload(), manifests.template());
        int wanted = claimed(served.workload(), manifests.template())
                + manifests.template().pluginDevices();
        String namespace = served.workload().namespace();
        URI proxy = cluster.podAddress(namespace, manifests.proxyRef().name(), manifests.adminPort());
        List<Change> changes = new ArrayList<>(List.of(manifests.proxy(), manifests.store()));
        DownloadLever.of(download).stream()
                .map(each -> each.pull(manifests.lever(proxy, each.name())))
                .forEach(changes::add);
        changes.add(manifests.twin());
        return new Planning.Planned(
                MECHANISM,
                Set.of(Layer.WORKLOAD, Layer.CLIENT),
                changes,
                Set.of(namespace),
                wanted,
                Optional.of(manifests.named()),
                // a proxy that nobody asks, until there is a copy that downloads
                changes.size() - 1);
    }

    private static void require(WorkloadRef workload, TwinTemplate template) throws NoPlan {
        Optional<String> fixed = template.fixed();
        if (fixed.isPresent()) {
            throw NoPlan.notApplicable(workload + ": " + fixed.get());
        }
        if (template.revision().isEmpty()) {
            throw NoPlan.notApplicable(workload + ": its pods have no label "
                    + template.artefact().revisionLabel()
                    + ", which artefact.revisionLabel in the profile names as the one that tells the model's revision");
        }
        Optional<String> obstacle = template.obstacle();
        if (obstacle.isPresent()) {
            throw NoPlan.refused(workload + ": " + obstacle.get());
        }
    }

    private JsonNode deployment(WorkloadRef workload) throws NoPlan, InterruptedException {
        if (!workload.kind().equals("deployment")) {
            throw NoPlan.notApplicable(
                    workload + " is a " + workload.kind() + "; this version makes copies of Deployments");
        }
        return JsonValue.parse(NoPlan.need(cluster.get(
                        new ObjectRef("apps/v1", "Deployment", Optional.of(workload.namespace()), workload.name()))))
                .node();
    }

    /** The devices that one pod claims; as many have to be free, so that nobody has to wait for ours. */
    private int claimed(WorkloadRef workload, TwinTemplate template) throws NoPlan, InterruptedException {
        Map<String, Integer> byClass = new TreeMap<>();
        for (String name : template.claimTemplates()) {
            JsonNode claim = JsonValue.parse(NoPlan.need(cluster.get(new ObjectRef(
                            NoPlan.need(devices.apiVersion()),
                            "ResourceClaimTemplate",
                            Optional.of(workload.namespace()),
                            name))))
                    .node();
            for (JsonNode request : claim.at("/spec/spec/devices/requests")) {
                JsonNode exactly = request.has("exactly") ? request.path("exactly") : request;
                if (!exactly.has("deviceClassName")
                        || exactly.path("allocationMode").asText().equals("All")) {
                    throw NoPlan.notApplicable(workload + ": claim template " + name
                            + " does not say how many devices of one class it takes; a copy could take any number");
                }
                byClass.merge(
                        exactly.path("deviceClassName").asText(),
                        exactly.path("count").asInt(1),
                        Integer::sum);
            }
        }
        for (Map.Entry<String, Integer> wanted : byClass.entrySet()) {
            int free = NoPlan.need(devices.free(wanted.getKey()));
            if (free < wanted.getValue()) {
                throw NoPlan.refused("device class " + wanted.getKey() + ": found " + free
                        + " free devices, expected at least " + wanted.getValue() + " for a copy of " + workload);
            }
        }
        return byClass.values().stream().mapToInt(Integer::intValue).sum();
    }
}
