package airworthy.probes.discovery;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Page;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a server whether it serves models, by what every model server and gateway answers without any effort. Thread-safe.
 *
 * @param reads how to ask
 */
record ApiQuestions(HttpReads reads) {
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final Pattern VLLM = Pattern.compile("(?m)^vllm:[a-z_]+(?:\\{([^}]*)})? ");
    private static final Pattern MODEL = Pattern.compile("model_name=\"([^\"]+)\"");

    /** What {@code /v1/models} says. */
    sealed interface Models {
        /** It lists models. */
        record Listed(List<String> names) implements Models {}

        /** It wants a key first. */
        record KeyWanted(int status) implements Models {}

        /** Something else is there. */
        record Other(String what) implements Models {}

        /** Nothing is known of it. */
        record Silent(String why) implements Models {}
    }

    /**
     * Asks without a key.
     *
     * @param base up to and including {@code /v1}
     */
    Models models(URI base) throws InterruptedException {
        URI uri = URI.create(base + "/models");
        return switch (reads.page(uri, MAX_BYTES)) {
            case Reading.Absent<Page>(String how) -> new Models.Other(how);
            case Reading.Unreadable<Page>(String why) -> new Models.Silent(why);
            case Reading.Present<Page>(Page page) -> understand("GET " + uri, page);
        };
    }

    /** The models of which vLLM-shaped metrics tell; empty if there are no such metrics. */
    List<String> modelsOfMetrics(URI root) throws InterruptedException {
        if (!(reads.text(URI.create(root + "metrics")) instanceof Reading.Present<String>(String text))) {
            return List.of();
        }
        TreeSet<String> names = new TreeSet<>();
        Matcher sample = VLLM.matcher(text);
        while (sample.find()) {
            Matcher model = MODEL.matcher(String.valueOf(sample.group(1)));
            if (model.find()) {
                names.add(model.group(1));
            }
        }
        return List.copyOf(names);
    }

    private static Models understand(String asked, Page page) {
        JsonNode answer = json(page.text());
        boolean apiServer = answer.path("kind").asText().equals("Status");
        if (apiServer) {
            String words =
                    asked + ": " + page.status() + ", " + answer.path("message").asText();
            return new Models.Silent(
                    page.status() == 403
                            ? words + "; grant get on pods/proxy and services/proxy to the user of this kubeconfig"
                            : words);
        }
        if (page.status() == 401 || page.status() == 403) {
            return new Models.KeyWanted(page.status());
        }
        List<String> names = new ArrayList<>();
        answer.path("data").forEach(model -> names.add(model.path("id").asText()));
        if (page.status() == 200 && !names.isEmpty()) {
            return new Models.Listed(List.copyOf(names));
        }
        String words = asked + ": answered " + page.status() + " " + Page.quoted(page.text());
        return page.status() >= 500 ? new Models.Silent(words) : new Models.Other(words);
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException _) {
            return new JsonMapper().missingNode();
        }
    }
}
