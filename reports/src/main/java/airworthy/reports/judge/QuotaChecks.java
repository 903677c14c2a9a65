package airworthy.reports.judge;

import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Event.ClaimAsked;
import airworthy.model.Event.ClaimPurpose;
import airworthy.model.Event.DevicesHeld;
import airworthy.model.History.Stamped;
import airworthy.model.Interval;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks on tenants and the accelerators that they are granted. */
final class QuotaChecks {
    private final ScenarioView view;

    QuotaChecks(ScenarioView view) {
        this.view = view;
    }

    Answer excessRefused() {
        List<Answer> answers =
                asked(ClaimPurpose.EXCESS).stream().map(this::refused).toList();
        return answers.isEmpty() ? Answer.unknown("nothing above the quota was asked for") : Answer.all(answers);
    }

    private Answer refused(Stamped<ClaimAsked> asked) {
        ClaimAsked claim = asked.event();
        List<String> evidence = List.of(Say.journal(asked));
        if (claim.accepted()) {
            return queued(asked);
        }
        if (claim.status().isEmpty() || claim.status().getAsInt() >= 500) {
            return Answer.unknown(
                    claim.object() + ": the API neither took nor refused it: \"" + claim.message() + "\"", evidence);
        }
        String message = claim.object() + " was refused with \"" + claim.message() + "\"";
        return namesQuota(claim)
                ? Answer.met(message, evidence)
                : Answer.notMet(message + "; expected words that name the quota", evidence);
    }

    private Answer queued(Stamped<ClaimAsked> asked) {
        ClaimAsked claim = asked.event();
        List<Stamped<DevicesHeld>> later = held(claim.object().namespace()).stream()
                .filter(held -> held.at().monoNs() >= asked.at().monoNs()
                        && held.at().monoNs() < view.windows().hold().to().monoNs())
                .toList();
        if (later.isEmpty()) {
            return Answer.unknown(
                    claim.object() + " was taken, and nobody looked whether it got devices",
                    List.of(Say.journal(asked)));
        }
        return later.stream()
                .filter(held -> allocated(held.event(), claim) > 0)
                .findFirst()
                .map(held -> Answer.notMet(
                        claim.object() + " lies above the quota and got " + allocated(held.event(), claim)
                                + " devices; expected it to be refused or queued",
                        List.of(Say.journal(asked), Say.journal(held))))
                .orElseGet(() -> Answer.met(
                        claim.object() + " was queued and got no device until healing began",
                        List.of(Say.journal(asked), Say.journal(later.getLast()))));
    }

    private boolean namesQuota(ClaimAsked claim) {
        String words = claim.message().toLowerCase(Locale.ROOT);
        return words.contains("exceeded quota")
                || held(claim.object().namespace()).stream()
                        .flatMap(held -> held.event().quota().stream())
                        .anyMatch(quota -> words.contains(quota.toLowerCase(Locale.ROOT)));
    }

    /** From the first change on, because a burst takes its devices while it is being applied. */
    Answer neverAboveQuota() {
        Windows windows = view.windows();
        Window burst = windows.faulty();
        List<Stamped<DevicesHeld>> seen =
                held(tenant()).stream().filter(held -> burst.holds(held.at())).toList();
        if (seen.isEmpty()) {
            return Answer.unknown("nobody looked what the tenant holds while the fault was on");
        }
        int most = 0;
        for (Stamped<DevicesHeld> held : seen) {
            DevicesHeld event = held.event();
            List<String> evidence = List.of(Say.journal(held));
            if (event.hard().isEmpty()) {
                return Answer.notMet(
                        "namespace " + event.namespace() + " has no quota for devices: nothing limits it", evidence);
            }
            int sum = event.allocated().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            if (sum > event.hard().getAsInt()) {
                return Answer.notMet(
                        "namespace " + event.namespace() + " held " + sum + " devices, its quota grants "
                                + event.hard().getAsInt(),
                        evidence);
            }
            most = Math.max(most, sum);
        }
        return Answer.met(
                "namespace " + seen.getFirst().event().namespace() + " held at most " + most
                        + " devices, its quota grants "
                        + seen.getFirst().event().hard().orElse(0) + " (looked at " + seen.size() + " times)",
                List.of(Say.journal(seen.getFirst()), Say.journal(seen.getLast())));
    }

    Answer nextTenantServed(Check.NextTenantServed check) {
        List<Answer> answers = asked(ClaimPurpose.NEXT_TENANT).stream()
                .map(asked -> served(asked, view.scaled(check.within())))
                .toList();
        return answers.isEmpty() ? Answer.unknown("no other tenant asked for a device") : Answer.all(answers);
    }

    private Answer served(Stamped<ClaimAsked> asked, Duration bound) {
        ClaimAsked claim = asked.event();
        if (!claim.accepted()) {
            return Answer.notMet(
                    "the next tenant's " + claim.object() + " was refused with \"" + claim.message() + "\"",
                    List.of(Say.journal(asked)));
        }
        List<Stamped<DevicesHeld>> later = held(claim.object().namespace()).stream()
                .filter(held -> held.at().monoNs() >= asked.at().monoNs())
                .toList();
        Optional<Stamped<DevicesHeld>> got = later.stream()
                .filter(held -> allocated(held.event(), claim) > 0)
                .findFirst();
        if (got.isEmpty()) {
            boolean watched = !later.isEmpty()
                    && later.getLast().at().since(asked.at()).against(bound) == Interval.Comparison.BEYOND;
            String message =
                    "the next tenant's " + claim.object() + " was not seen to get a device within " + Say.time(bound);
            return watched
                    ? Answer.notMet(message, List.of(Say.journal(asked), Say.journal(later.getLast())))
                    : Answer.unknown(message + ", but nobody looked for so long", List.of(Say.journal(asked)));
        }
        Interval after = got.get().at().since(asked.at());
        String message = "the next tenant's " + claim.object() + " got its device " + Say.time(after)
                + " after it was asked for, at most " + Say.time(bound);
        List<String> evidence = List.of(Say.journal(asked), Say.journal(got.get()));
        return switch (after.against(bound)) {
            case WITHIN -> Answer.met(message, evidence);
            case BEYOND -> Answer.notMet(message, evidence);
            case TOO_CLOSE -> Answer.unknown(message + "; too close to tell", evidence);
        };
    }

    private List<Stamped<ClaimAsked>> asked(ClaimPurpose purpose) {
        return view.of(ClaimAsked.class)
                .filter(asked -> asked.event().purpose() == purpose)
                .toList();
    }

    private List<Stamped<DevicesHeld>> held(Optional<String> namespace) {
        return view.of(DevicesHeld.class)
                .filter(held ->
                        namespace.filter(held.event().namespace()::equals).isPresent())
                .toList();
    }

    private Optional<String> tenant() {
        Map<Dimension, String> names = view.target().names();
        return Optional.ofNullable(names.get(Dimension.NAMESPACE))
                .or(() -> Optional.ofNullable(names.get(Dimension.TENANT)));
    }

    /** Claims are listed by name, with or without their namespace before it. */
    private static int allocated(DevicesHeld held, ClaimAsked claim) {
        int sum = 0;
        for (Map.Entry<String, Integer> entry : held.allocated().entrySet()) {
            if (entry.getKey().equals(claim.object().name())
                    || entry.getKey().endsWith("/" + claim.object().name())) {
                sum += entry.getValue();
            }
        }
        return sum;
    }
}
