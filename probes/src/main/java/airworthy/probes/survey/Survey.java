package airworthy.probes.survey;

import airworthy.model.Event.PartFound;
import airworthy.model.Event.Surveyed;
import airworthy.model.Need;
import airworthy.model.PlatformLayer;
import airworthy.model.PlatformProfile;
import airworthy.model.PlatformProfile.Alertmanager;
import airworthy.model.PlatformProfile.Gateway;
import airworthy.probes.Reading;
import airworthy.probes.alertmanager.AlertmanagerProbe;
import airworthy.probes.http.HttpReads;
import airworthy.probes.prometheus.PrometheusProbe;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks for each part of a platform that scenarios need and sorts it into present, absent and unreadable. The cluster, the
 * two alerting servers and the gateway are looked at side by side. Thread-safe.
 */
public final class Survey {
    /** A missing key means "to be looked for"; where nothing looks, nothing is known. */
    static final String NOT_NAMED =
            "not named in the profile, and nothing looked for it; name it, or declare it absent";

    private static final String DECLARED_ABSENT = "declared absent in the profile";
    private static final String SIMULATED = "+simulated";

    private final HttpReads reads;

    public Survey(HttpReads reads) {
        this.reads = reads;
    }

    /**
     * Looks once. What the profile declares absent is so, whatever is found.
     *
     * @throws InterruptedException if interrupted; what was being looked at is given up
     */
    public Surveyed look(PlatformProfile profile, SurveyParts parts) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ClusterSurvey> cluster = threads.submit(() -> ClusterSurvey.look(profile, parts));
            Future<AlertingSurvey> prometheus = threads.submit(() -> prometheus(profile, parts));
            Future<AlertingSurvey> alertmanager = threads.submit(() -> alertmanager(profile, parts));
            Future<PartFound> gateway = threads.submit(() -> gateway(profile, parts));
            try {
                return told(profile, cluster.get(), prometheus.get(), alertmanager.get(), gateway.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a look at the platform ended with an error of our own", e.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static Surveyed told(
            PlatformProfile profile,
            ClusterSurvey cluster,
            AlertingSurvey prometheus,
            AlertingSurvey alertmanager,
            PartFound gateway) {
        Map<Need, PartFound> found = new EnumMap<>(cluster.parts());
        found.put(Need.PROMETHEUS, prometheus.part());
        found.put(Need.ALERTMANAGER, alertmanager.part());
        found.put(Need.GATEWAY, gateway);
        profile.declaredAbsent().forEach(need -> found.put(need, Found.absent(DECLARED_ABSENT)));

        Set<PlatformLayer> simulated = EnumSet.noneOf(PlatformLayer.class);
        if (cluster.version().filter(version -> version.contains(SIMULATED)).isPresent()) {
            simulated.add(PlatformLayer.KUBERNETES);
        }
        if (prometheus.version().contains(SIMULATED) || alertmanager.version().contains(SIMULATED)) {
            simulated.add(PlatformLayer.ALERTING);
        }
        SortedMap<String, Long> intervalsNs = new TreeMap<>(prometheus.intervalsNs());
        intervalsNs.putAll(alertmanager.intervalsNs());
        return new Surveyed(found, cluster.version(), simulated, intervalsNs, alertmanager.receivers());
    }

    private AlertingSurvey prometheus(PlatformProfile profile, SurveyParts parts) throws InterruptedException {
        Optional<URI> url = profile.prometheus();
        if (url.isEmpty() || profile.declaredAbsent().contains(Need.PROMETHEUS)) {
            return AlertingSurvey.notThere(unnamed(Need.PROMETHEUS, profile, parts));
        }
        return AlertingSurvey.of(new PrometheusProbe(url.get(), reads));
    }

    private AlertingSurvey alertmanager(PlatformProfile profile, SurveyParts parts) throws InterruptedException {
        Optional<Alertmanager> named = profile.alertmanager();
        if (named.isEmpty() || profile.declaredAbsent().contains(Need.ALERTMANAGER)) {
            return AlertingSurvey.notThere(unnamed(Need.ALERTMANAGER, profile, parts));
        }
        return AlertingSurvey.of(new AlertmanagerProbe(named.get().url(), reads));
    }

    private PartFound gateway(PlatformProfile profile, SurveyParts parts) throws InterruptedException {
        Optional<Gateway> named = profile.gateway();
        if (named.isEmpty() || profile.declaredAbsent().contains(Need.GATEWAY)) {
            return unnamed(Need.GATEWAY, profile, parts);
        }
        Gateway gateway = named.get();
        URI models = URI.create(gateway.url() + "/models");
        if (gateway.keys().isEmpty()) {
            return gatewayFound(models, reads.json(models));
        }
        Map.Entry<String, String> key = new TreeMap<>(gateway.keys()).firstEntry();
        return switch (parts.secret().read(key.getValue())) {
            case Reading.Absent<String>(String how) -> noKey(key.getKey(), how);
            case Reading.Unreadable<String>(String why) -> noKey(key.getKey(), why);
            case Reading.Present<String>(String bearer) -> gatewayFound(models, reads.json(models, bearer));
        };
    }

    /**
     * A part that the cluster shows and the profile does not name cannot be used: only its owner knows whether it is the one.
     * What no Service answers as is not there.
     */
    private static PartFound unnamed(Need need, PlatformProfile profile, SurveyParts parts)
            throws InterruptedException {
        if (profile.declaredAbsent().contains(need)) {
            return Found.absent(DECLARED_ABSENT);
        }
        if (profile.cluster().isEmpty()) {
            return Found.unreadable(NOT_NAMED);
        }
        return switch (parts.part().read(need)) {
            case Reading.Present<String>(String where) ->
                Found.unreadable("not named in the profile, and " + where + " answers as one; name it as " + need.id()
                        + ", or declare it absent");
            case Reading.Absent<String>(String how) ->
                Found.absent("not named in the profile, and looked for in vain: " + how + "; name it as " + need.id()
                        + " if it is elsewhere");
            case Reading.Unreadable<String>(String why) ->
                Found.unreadable("not named in the profile, and could not be looked for: " + why + "; name it, or"
                        + " declare it absent");
        };
    }

    private static PartFound noKey(String tenant, String why) {
        return Found.unreadable("the gateway's key of " + tenant + " cannot be read: " + why);
    }

    /** A gateway that is named and answers 404 is some other server, or the address lacks its path. */
    private static PartFound gatewayFound(URI models, Reading<JsonNode> answer) {
        return switch (answer) {
            case Reading.Present<JsonNode> listed ->
                Found.present("GET " + models + ": answered 200 with a list of models");
            case Reading.Absent<JsonNode>(String how) -> Found.unreadable(how + "; check the URL, which ends with /v1");
            case Reading.Unreadable<JsonNode>(String why) -> Found.unreadable(why);
        };
    }
}
