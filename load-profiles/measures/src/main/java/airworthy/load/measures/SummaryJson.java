package airworthy.load.measures;

import airworthy.load.EngineHealth;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code summary.json}. Times are in milliseconds, as the names say; a percentile that the sample is too small for is null. Fields are
 * added in later versions, and none is taken away or changed within one {@code formatVersion}.
 */
public final class SummaryJson {
    private static final int FORMAT = 1;
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9);
    private static final double NS_IN_MS = 1e6;
    private static final double NS_IN_S = 1e9;

    private SummaryJson() {}

    /** The text of the file. */
    public static String write(LoadSummary summary) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("formatVersion", FORMAT);
        settings(root.putObject("settings"), summary.settings());
        root.put("tookS", summary.took().toNanos() / NS_IN_S);
        requests(root.putObject("requests"), summary);
        tokens(root.putObject("tokens"), summary);
        goodput(root.putObject("goodput"), summary);
        for (Measure measure : Measure.values()) {
            distribution(root.putObject(measure.id() + "Ms"), summary.measures().of(measure));
        }
        ArrayNode senders = root.putArray("senders");
        summary.clocks()
                .forEach(clock -> senders.addObject()
                        .put("where", clock.where())
                        .put("clockAheadMs", clock.begun().ns() / NS_IN_MS)
                        .put("clockErrorMs", clock.begun().errorNs() / NS_IN_MS)
                        .put("clockDriftMs", clock.driftNs() / NS_IN_MS)
                        .put("clockDriftErrorMs", clock.driftErrorNs() / NS_IN_MS));
        trust(root.putObject("trust"), summary);
        try {
            return JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(root)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON cannot be written: " + e.getMessage(), e);
        }
    }

    private static void settings(ObjectNode to, LoadSettings settings) {
        to.put("version", settings.version()).put("begun", settings.begun().toString());
        switch (settings.source()) {
            case LoadSettings.Profile profile ->
                to.put("endpoint", profile.endpoint().toString())
                        .put("model", profile.model())
                        .put("profile", profile.profile())
                        .put("demand", profile.words())
                        .put("durationS", profile.duration().toNanos() / NS_IN_S)
                        .put("seed", profile.seed());
            case LoadSettings.Simulation(String className) -> to.put("simulation", className);
        }
    }

    private static void requests(ObjectNode to, LoadSummary summary) {
        Measures measures = summary.measures();
        to.put("scheduled", measures.scheduled())
                .put("answeredWhole", measures.of(Measure.ANSWER).count())
                .put("answeredRight", measures.right())
                .put("answeredWrong", measures.wrong());
        ObjectNode outcomes = to.putObject("outcomes");
        measures.outcomes().forEach((outcome, count) -> outcomes.put(outcome.id(), count));
    }

    private static void tokens(ObjectNode to, LoadSummary summary) {
        Measures measures = summary.measures();
        double seconds = summary.took().toNanos() / NS_IN_S;
        to.put("prompt", measures.promptTokens())
                .put("completion", measures.completionTokens())
                .put("completionPerSecond", seconds > 0 ? measures.completionTokens() / seconds : 0);
    }

    private static void goodput(ObjectNode to, LoadSummary summary) {
        Measures measures = summary.measures();
        to.putObject("slo")
                .put("ttftFromIntendedMs", measures.slo().firstToken().toNanos() / NS_IN_MS)
                .put("tpotMs", measures.slo().gap().toNanos() / NS_IN_MS);
        to.put("good", measures.good())
                .put("ofScheduled", summary.goodputOfScheduled())
                .put("ofAnsweredWhole", summary.goodputOfAnswered());
    }

    private static void distribution(ObjectNode to, Distribution distribution) {
        to.put("n", distribution.count());
        for (double percentile : PERCENTILES) {
            put(to, "p" + name(percentile), distribution.percentileNs(percentile));
        }
        put(to, "max", distribution.maxNs());
    }

    /** 99.9 is p999, as everybody writes it. */
    private static String name(double percentile) {
        String text = Double.toString(percentile);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text.replace(".", "");
    }

    private static void put(ObjectNode to, String name, OptionalLong ns) {
        if (ns.isPresent()) {
            to.put(name, ns.getAsLong() / NS_IN_MS);
        } else {
            to.putNull(name);
        }
    }

    private static void trust(ObjectNode to, LoadSummary summary) {
        EngineHealth health = summary.health();
        to.put("verdict", summary.trust().trusted() ? "trusted" : "degraded");
        summary.trust().reasons().forEach(to.putArray("reasons")::add);
        put(to, "eventLoopLagP99Ms", health.loopLagP99Ns());
        to.put("eventLoopLagMaxMs", health.loopLagMaxNs() / NS_IN_MS);
        to.putObject("gc")
                .put("pauses", health.gcPauses())
                .put("totalMs", health.gcTotalNs() / NS_IN_MS)
                .put("maxMs", health.gcMaxNs() / NS_IN_MS);
        to.putObject("cpu")
                .put("seconds", health.cpuNs() / NS_IN_S)
                .put("cores", health.cores())
                .put("share", health.cpuShare());
    }
}
