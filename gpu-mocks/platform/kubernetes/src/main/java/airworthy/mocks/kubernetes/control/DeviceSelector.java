package airworthy.mocks.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The subset of CEL that selectors of devices are written in here. Terms joined by {@code &&}, each one of
 *
 * <ul>
 *   <li>{@code device.driver == "x"}, also {@code !=}
 *   <li>{@code device.attributes["domain"].name == literal}, also {@code != < <= > >=}; a literal is a string, a whole
 *       number or a boolean
 *   <li>{@code device.attributes["domain"].name.compareTo(semver("1.2.3")) >= 0}, any comparison
 *   <li>{@code device.capacity["domain"].name.compareTo(quantity("40Gi")) >= 0}, any comparison
 * </ul>
 *
 * A device that lacks the attribute does not match. Anything else is refused.
 */
final class DeviceSelector {
    private static final String STRING = "(?:\"([^\"]*)\"|'([^']*)')";
    private static final String COMPARISON = "\\s*(==|!=|<=|>=|<|>)\\s*";
    private static final Pattern DRIVER = Pattern.compile("device\\.driver\\s*(==|!=)\\s*" + STRING);
    private static final Pattern LITERAL = Pattern.compile("device\\.attributes\\[" + STRING + "\\]\\.(\\w+)"
            + COMPARISON + "(?:" + STRING + "|(-?\\d+)|(true|false))");
    private static final Pattern ORDERED = Pattern.compile("device\\.(attributes|capacity)\\[" + STRING
            + "\\]\\.(\\w+)\\.compareTo\\((semver|quantity)\\(" + STRING + "\\)\\)" + COMPARISON + "0");
    private static final Pattern AND = Pattern.compile("&&");

    private DeviceSelector() {}

    /** Reads an expression. */
    static Predicate<Device> parse(String expression) throws UnsupportedRequestException {
        Predicate<Device> all = device -> true;
        for (String term : AND.split(expression, -1)) {
            all = all.and(term(term.strip(), expression));
        }
        return all;
    }

    private static Predicate<Device> term(String term, String expression) throws UnsupportedRequestException {
        Matcher driver = DRIVER.matcher(term);
        if (driver.matches()) {
            boolean equal = driver.group(1).equals("==");
            String name = either(driver, 2);
            return device -> device.id().driver().equals(name) == equal;
        }
        Matcher literal = LITERAL.matcher(term);
        if (literal.matches()) {
            return literal(literal);
        }
        Matcher ordered = ORDERED.matcher(term);
        if (ordered.matches()) {
            return ordered(ordered);
        }
        throw new UnsupportedRequestException("the term '" + term + "' of the CEL expression '" + expression
                + "'; it reads comparisons of device.driver, device.attributes[...].x and device.capacity[...].x joined"
                + " by &&");
    }

    private static Predicate<Device> literal(Matcher term) {
        String domain = either(term, 1);
        String name = term.group(3);
        String comparison = term.group(4);
        if (term.group(7) != null) {
            BigDecimal number = new BigDecimal(term.group(7));
            return device -> {
                JsonNode found = device.attribute(domain, name).path("int");
                return found.isNumber() && holds(found.decimalValue().compareTo(number), comparison);
            };
        }
        boolean bool = term.group(8) != null;
        String wanted = bool ? term.group(8) : either(term, 5);
        return device -> {
            JsonNode found = device.attribute(domain, name).path(bool ? "bool" : "string");
            return !found.isMissingNode() && holds(found.asText().compareTo(wanted), comparison);
        };
    }

    private static Predicate<Device> ordered(Matcher term) throws UnsupportedRequestException {
        boolean attribute = term.group(1).equals("attributes");
        String domain = either(term, 2);
        String name = term.group(4);
        boolean version = term.group(5).equals("semver");
        String wanted = either(term, 6);
        String comparison = term.group(8);
        if (attribute != version || !(version ? Ordered.isVersion(wanted) : Ordered.isQuantity(wanted))) {
            throw new UnsupportedRequestException("the comparison '" + term.group()
                    + "'; attributes compare with semver(\"1.2.3\"), capacity with quantity(\"40Gi\")");
        }
        return device -> {
            JsonNode holder = attribute ? device.attribute(domain, name) : device.capacity(domain, name);
            JsonNode found = holder.path(attribute ? "version" : "value");
            if (!found.isTextual()) {
                return false;
            }
            int order = version
                    ? Ordered.versions(found.asText(), wanted)
                    : Ordered.quantity(found.asText()).compareTo(Ordered.quantity(wanted));
            return holds(order, comparison);
        };
    }

    private static boolean holds(int order, String comparison) {
        return switch (comparison) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static String either(Matcher matcher, int first) {
        String quoted = matcher.group(first);
        return quoted != null ? quoted : matcher.group(first + 1);
    }
}
