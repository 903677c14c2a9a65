package airworthy.faults.client;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.Planning;
import airworthy.model.Change;
import airworthy.model.Credential;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.PlatformProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Sends requests with bad credentials, as many of each kind as of any other: none, one that never was, and each bad key of the
 * profile. A bad key is tried on every model that the profile names, the target's and the others: a key that lives again may
 * be refused one model, because its tenant has no right to it, and be good for another. Touches what clients see and what the
 * gateway counts; a gateway that judges keys lets none of them further. Thread-safe.
 */
public final class BadCredentialsByLoad implements FaultInjector {
    private final PlatformProfile profile;

    public BadCredentialsByLoad(PlatformProfile profile) {
        this.profile = profile;
    }

    @Override
    public String mechanism() {
        return "client";
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.BadCredentials;
    }

    @Override
    public Planning plan(Assignment assignment) {
        if (!(assignment.fault() instanceof Fault.BadCredentials bad)) {
            throw new IllegalArgumentException(
                    "not known here: " + assignment.fault().kind());
        }
        int allowed = profile.consent().maxBadCredentials();
        if (bad.attempts() > allowed) {
            return new Planning.Refused("consent missing: the plan makes up to " + bad.attempts()
                    + " attempts with bad credentials, and allow.maxBadCredentials is " + allowed
                    + "; raise it in the profile if whoever watches the gateway may see them");
        }
        Optional<String> inference = assignment.target().inference();
        if (inference.isEmpty() || assignment.load().isEmpty()) {
            return new Planning.NotApplicable(assignment.target().description() + " is met by no load");
        }
        return plan(bad, inference.get(), assignment.load().get());
    }

    private Planning plan(Fault.BadCredentials bad, String inference, Assignment.UsualLoad usual) {
        List<Attempt> kinds = kinds(inference);
        int each = bad.attempts() / kinds.size();
        if (each < 1) {
            return new Planning.Refused(bad.attempts() + " attempts are fewer than one of each kind: "
                    + kinds.stream().map(Attempt::kind).collect(Collectors.joining(", ")));
        }
        double perSecond = each * 1e9 * profile.timeScale() / bad.within().toNanos();
        List<Change> changes = new ArrayList<>();
        for (Attempt kind : kinds) {
            changes.add(new Change.SendLoad(
                    usual.stream() + "/" + kind.kind(),
                    kind.inference(),
                    usual.profile(),
                    perSecond,
                    kind.credential(),
                    OptionalInt.of(each)));
        }
        return new Planning.Planned(mechanism(), Set.of(Layer.CLIENT, Layer.GATEWAY), changes, Set.of(), 0);
    }

    private List<Attempt> kinds(String target) {
        List<Attempt> kinds = new ArrayList<>();
        kinds.add(new Attempt("no-key", target, new Credential.None()));
        kinds.add(new Attempt("malformed", target, new Credential.Malformed()));
        SortedSet<String> formerKeys = new TreeSet<>(
                profile.gateway().map(gateway -> gateway.badKeys().keySet()).orElse(Set.of()));
        List<String> others = profile.inference().stream()
                .map(PlatformProfile.Inference::name)
                .filter(name -> !name.equals(target))
                .distinct()
                .toList();
        for (String name : formerKeys) {
            Credential key = new Credential.NoMore(name);
            kinds.add(new Attempt("bad-key-" + name, target, key));
            others.forEach(other -> kinds.add(new Attempt("bad-key-" + name + "@" + other, other, key)));
        }
        return kinds;
    }

    /** One stream of attempts: what is tried, and on which model. */
    private record Attempt(String kind, String inference, Credential credential) {}
}
