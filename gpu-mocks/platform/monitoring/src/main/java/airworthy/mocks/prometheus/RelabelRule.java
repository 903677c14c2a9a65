package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.Replacement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One step that rewrites a target's labels or drops the target. */
record RelabelRule(Action action, List<String> sources, String separator, Replacement replacement, String target) {
    enum Action {
        REPLACE,
        KEEP,
        DROP,
        LABELMAP
    }

    /** Returns the labels after this step, or nothing where the target is dropped. */
    Optional<Labels> apply(Labels labels) {
        String source = sources.stream().map(labels::get).collect(Collectors.joining(separator));
        boolean matches = replacement.pattern().matcher(source).matches();
        return switch (action) {
            case KEEP -> matches ? Optional.of(labels) : Optional.empty();
            case DROP -> matches ? Optional.empty() : Optional.of(labels);
            case REPLACE ->
                Optional.of(replacement
                        .apply(source)
                        .map(value -> labels.with(target(source), value))
                        .orElse(labels));
            case LABELMAP -> Optional.of(mapped(labels));
        };
    }

    private String target(String source) {
        return new Replacement(replacement.pattern(), target).apply(source).orElse(target);
    }

    private Labels mapped(Labels labels) {
        Labels result = labels;
        for (Map.Entry<String, String> label : labels.values().entrySet()) {
            Optional<String> name = replacement.apply(label.getKey());
            if (name.isPresent()) {
                result = result.with(name.get(), label.getValue());
            }
        }
        return result;
    }
}
