package airworthy.mocks.monitoring;

import java.util.List;
import java.util.Map;

/**
 * A request to a simulated server.
 *
 * @param variables the parts of the path that the route leaves open, in order
 * @param parameters the decoded parameters of the query and of a form body
 * @param body the body as text
 */
public record Request(List<String> variables, Map<String, List<String>> parameters, String body) {
    /** Returns the first value of a parameter, or its default. */
    public String parameter(String name, String otherwise) {
        List<String> values = parameters(name);
        return values.isEmpty() ? otherwise : values.getFirst();
    }

    /** Returns every value of a parameter. */
    public List<String> parameters(String name) {
        return parameters.getOrDefault(name, List.of());
    }
}
