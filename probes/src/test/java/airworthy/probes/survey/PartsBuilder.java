package airworthy.probes.survey;

import airworthy.probes.Reading;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cluster on which everything is there, and what a test changes of it. */
final class PartsBuilder {
    /** What was asked of the cluster beside its version. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    Reading<String> version = new Reading.Present<>("v1.34.1");
    Reading<Integer> slices = new Reading.Present<>(4);
    Reading<Integer> ready = new Reading.Present<>(2);
    Reading<Map<String, String>> owners = new Reading.Present<>(Map.of("owner", "ml"));
    Reading<String> namespace = new Reading.Present<>("tenant-x");
    Reading<String> part = new Reading.Absent<>("Services named so among 7 Services of the cluster");
    Reading<String> secret = new Reading.Present<>("s3cret");

    SurveyParts build() {
        return new SurveyParts(
                () -> version,
                () -> noted("slices", slices),
                workload -> noted("replicas of " + workload, ready),
                workload -> noted("owners of " + workload, owners),
                name -> noted("namespace " + name, namespace),
                need -> noted(need.id(), part),
                reference -> reference.equals("env:TEAM_A_KEY")
                        ? secret
                        : new Reading.Unreadable<>("asked for " + reference));
    }

    private <T> Reading<T> noted(String what, Reading<T> reading) {
        asked.add(what);
        return reading;
    }
}
