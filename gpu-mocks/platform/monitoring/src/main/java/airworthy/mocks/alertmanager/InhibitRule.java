package airworthy.mocks.alertmanager;

import airworthy.mocks.promql.Labels;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Firing alerts that match the source mute those that match the target and agree in some labels. */
record InhibitRule(Matchers source, Matchers target, List<String> equal) {
    /** Returns an alert that mutes the given one; an alert that is both source and target mutes no other such one. */
    Optional<Alert> muting(Labels labels, Collection<Alert> firing) {
        if (!target.match(labels)) {
            return Optional.empty();
        }
        boolean twoSided = source.match(labels);
        return firing.stream()
                .filter(alert -> source.match(alert.labels()))
                .filter(alert ->
                        equal.stream().allMatch(l -> alert.labels().get(l).equals(labels.get(l))))
                .filter(alert -> !(twoSided && target.match(alert.labels())))
                .findFirst();
    }
}
