package airworthy.probes.prometheus;

import airworthy.probes.http.UnexpectedAnswerException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.time.Duration;
import org.yaml.snakeyaml.LoaderOptions;

/** The YAML in which Prometheus and Alertmanager tell their own configuration. */
public final class ConfigText {
    /** The parser's default of 3 MB is less than what an operator with many monitors generates. */
    private static final int MAX_CODE_POINTS = 16 * 1024 * 1024;

    private ConfigText() {}

    /** The tree of a configuration. */
    public static JsonNode parse(String yaml) throws UnexpectedAnswerException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        try {
            return new ObjectMapper(YAMLFactory.builder().loaderOptions(options).build()).readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new UnexpectedAnswerException("text that is no YAML: " + e.getOriginalMessage(), "a configuration");
        }
    }

    /** A duration of a configuration, or what holds where it says nothing. */
    public static Duration duration(JsonNode node, Duration otherwise) throws UnexpectedAnswerException {
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        try {
            return PromDuration.parse(node.asText());
        } catch (IllegalArgumentException e) {
            throw new UnexpectedAnswerException("\"" + node.asText() + '"', "a duration such as 30s or 1h30m");
        }
    }
}
