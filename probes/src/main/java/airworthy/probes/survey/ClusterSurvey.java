package airworthy.probes.survey;

import airworthy.model.Event.PartFound;
import airworthy.model.Need;
import airworthy.model.PlatformProfile;
import airworthy.model.PlatformProfile.Inference;
import airworthy.model.Presence;
import airworthy.probes.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is found through the Kubernetes API. If it cannot be read at all, nothing more is asked of it, so that a dead cluster
 * is told at once.
 *
 * @param parts what was found of each need that only the cluster can show
 * @param version what the API server said
 */
record ClusterSurvey(Map<Need, PartFound> parts, Optional<String> version) {

    static ClusterSurvey look(PlatformProfile profile, SurveyParts parts) throws InterruptedException {
        if (profile.cluster().isEmpty()) {
            return unknown("the profile names no cluster");
        }
        return switch (parts.kubernetesVersion().read()) {
            case Reading.Absent<String>(String how) -> unknown(how);
            case Reading.Unreadable<String>(String why) -> unknown(why);
            case Reading.Present<String>(String version) -> lookInside(profile, parts, version);
        };
    }

    private static ClusterSurvey unknown(String why) {
        Map<Need, PartFound> found = new EnumMap<>(Need.class);
        for (Need need : List.of(Need.KUBERNETES, Need.INFERENCE, Need.OWNERSHIP, Need.DEVICES, Need.TENANTS)) {
            found.put(need, Found.unreadable(why));
        }
        return new ClusterSurvey(found, Optional.empty());
    }

    private static ClusterSurvey lookInside(PlatformProfile profile, SurveyParts parts, String version)
            throws InterruptedException {
        Map<Need, PartFound> found = new EnumMap<>(Need.class);
        found.put(Need.KUBERNETES, Found.present("the API server says " + version));
        found.put(Need.INFERENCE, inference(profile, parts));
        found.put(Need.OWNERSHIP, ownership(profile, parts));
        found.put(Need.DEVICES, devices(parts));
        found.put(Need.TENANTS, tenants(profile, parts));
        return new ClusterSurvey(found, Optional.of(version));
    }

    private static PartFound inference(PlatformProfile profile, SurveyParts parts) throws InterruptedException {
        if (profile.inference().isEmpty()) {
            return Found.unreadable(Survey.NOT_NAMED);
        }
        List<PartFound> found = new ArrayList<>();
        for (Inference served : profile.inference()) {
            found.add(Found.of(parts.readyReplicas().read(served.workload()), ready -> {
                String told = served.workload() + " has " + ready + " ready replicas";
                return ready > 0 ? Found.present(told) : Found.absent(told);
            }));
        }
        return Found.all(found);
    }

    /** Present if some inference workload names an owner and some team has a receiver; whether all do is for checks to say. */
    private static PartFound ownership(PlatformProfile profile, SurveyParts parts) throws InterruptedException {
        if (profile.ownership().receivers().isEmpty()) {
            return Found.absent("the profile declares no team's receivers");
        }
        List<PartFound> found = new ArrayList<>();
        for (Inference served : profile.inference()) {
            PartFound owners = Found.of(
                    parts.owners().read(served.workload()),
                    keys -> keys.isEmpty()
                            ? Found.absent(served.workload() + " carries none of the keys "
                                    + String.join(", ", profile.ownership().keys()))
                            : Found.present(served.workload() + " carries " + keys));
            if (owners.presence() == Presence.PRESENT) {
                return owners;
            }
            found.add(owners);
        }
        return found.isEmpty() ? Found.absent("the profile names no inference workload to be owned") : Found.all(found);
    }

    private static PartFound devices(SurveyParts parts) throws InterruptedException {
        return Found.of(
                parts.deviceSlices().read(),
                slices -> slices > 0
                        ? Found.present(slices + " ResourceSlices")
                        : Found.absent("the API server lists no ResourceSlice"));
    }

    /** Tenants are lent by the profile, not a part of the platform that could be missing: none named says nothing of it. */
    private static PartFound tenants(PlatformProfile profile, SurveyParts parts) throws InterruptedException {
        if (profile.testTenants().isEmpty()) {
            return Found.unreadable("the profile names no test tenants");
        }
        List<PartFound> found = new ArrayList<>();
        for (String tenant : profile.testTenants()) {
            found.add(Found.of(parts.namespace().read(tenant), name -> Found.present("namespace " + name + " exists")));
        }
        return Found.all(found);
    }
}
