package airworthy.probes.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels and annotations that name an owner.
 *
 * @param keys best first
 */
record OwnerKeys(List<String> keys) {
    OwnerKeys {
        keys = List.copyOf(keys);
    }

    /** The team that each place names by its best key, by place: {@code pod label owner}. Places that name none are missing. */
    SortedMap<String, String> owners(Iterable<Place> places) {
        SortedMap<String, String> owners = new TreeMap<>();
        for (Place place : places) {
            named(place).ifPresent(named -> {
                String known = owners.putIfAbsent(place.kind() + " " + named.by(), named.team());
                if (known != null && !known.equals(named.team())) {
                    owners.put(place.kind() + " " + place.name() + " " + named.by(), named.team());
                }
            });
        }
        return owners;
    }

    /** The owner named nearest to the first of these places, for people. */
    Optional<String> nearest(List<Place> places) {
        for (Place place : places) {
            Optional<Named> named = named(place);
            if (named.isPresent()) {
                return named.map(found -> found.team() + " (" + place.kind() + " " + found.by() + ")");
            }
        }
        return Optional.empty();
    }

    private Optional<Named> named(Place place) {
        for (String key : keys) {
            Optional<String> team = place.metadata().value(key);
            if (team.isPresent()) {
                String how = place.metadata().labels().containsKey(key) ? "label " : "annotation ";
                return Optional.of(new Named(how + key, team.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * Somewhere an owner may be named.
     *
     * @param kind for example {@code deployment}
     * @param name the object's name
     * @param metadata what is written on it
     */
    record Place(String kind, String name, Metadata metadata) {}

    private record Named(String by, String team) {}
}
