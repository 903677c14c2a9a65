package airworthy.mocks.promql;

import airworthy.mocks.monitoring.PromDuration;
import airworthy.mocks.promql.Expr.ComparisonResult;
import airworthy.mocks.promql.Expr.Grouping;
import airworthy.mocks.promql.Matching.Cardinality;
import airworthy.mocks.promql.Matching.Scope;
import airworthy.mocks.promql.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads an expression of the subset; whatever else Prometheus knows is refused by name. */
public final class Parser {
    private static final String REFUSED = " is not in the subset this simulation evaluates; supported: ";
    private static final int UNARY_PRECEDENCE = BinaryOperator.MULTIPLY.precedence() + 1;
    private static final List<String> FOREIGN_AGGREGATIONS =
            List.of("group", "stddev", "stdvar", "count_values", "bottomk", "quantile", "limitk", "limit_ratio");

    private final String text;
    private final List<Token> tokens;
    private int at;

    private Parser(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    /**
     * Parses a whole expression.
     *
     * @throws PromqlException with the position, when the text is no expression of the subset
     */
    public static Expr parse(String text) {
        Parser parser = new Parser(text);
        if (parser.peek().kind() == Kind.END) {
            throw parser.problem(parser.peek(), "no expression found in input");
        }
        Expr expr = parser.binary(1);
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected("end of the expression or an operator");
        }
        return expr;
    }

    private Expr binary(int loosest) {
        Expr left = unary();
        while (true) {
            Token token = peek();
            Optional<BinaryOperator> operator = BinaryOperator.of(token);
            if (operator.isEmpty() || operator.get().precedence() < loosest) {
                return left;
            }
            BinaryOperator found = operator.get();
            next();
            ComparisonResult result = accept("bool") ? ComparisonResult.BOOL : ComparisonResult.FILTER;
            int before = at;
            Matching matching = matching();
            boolean explicit = at != before;
            Expr right = binary(found == BinaryOperator.POWER ? found.precedence() : found.precedence() + 1);
            Expr.Binary combined = new Expr.Binary(found, left, right, result, matching);
            new TypeRules(text, token.offset()).check(combined, explicit);
            left = combined;
        }
    }

    private Matching matching() {
        Scope scope = Scope.IGNORING;
        List<String> labels = List.of();
        if (peek().isWord("on") || peek().isWord("ignoring")) {
            scope = next().isWord("on") ? Scope.ON : Scope.IGNORING;
            labels = labelList();
        } else {
            return Matching.DEFAULT;
        }
        if (!peek().isWord("group_left") && !peek().isWord("group_right")) {
            return new Matching(Cardinality.ONE_TO_ONE, scope, labels, List.of());
        }
        Cardinality cardinality = next().isWord("group_left") ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        List<String> include = peek().is("(") ? labelList() : List.of();
        return new Matching(cardinality, scope, labels, include);
    }

    private Expr unary() {
        Token token = peek();
        if (!token.is("-") && !token.is("+")) {
            return postfix(primary());
        }
        next();
        Expr operand = binary(UNARY_PRECEDENCE);
        if (operand.type() != ValueType.SCALAR && operand.type() != ValueType.VECTOR) {
            throw problem(
                    token,
                    "unary expression only allowed on expressions of type scalar or instant vector, got "
                            + operand.type().text());
        }
        if (token.is("+")) {
            return operand;
        }
        return operand instanceof Expr.Numeral(double value) ? new Expr.Numeral(-value) : new Expr.Negation(operand);
    }

    private Expr primary() {
        Token token = peek();
        return switch (token.kind()) {
            case NUMBER -> {
                next();
                yield new Expr.Numeral(number(token.text()));
            }
            case STRING -> {
                next();
                yield new Expr.Text(token.text());
            }
            case IDENTIFIER -> named();
            case SYMBOL -> symbol();
            case DURATION, END -> throw unexpected("an expression");
        };
    }

    private Expr symbol() {
        if (peek().is("{")) {
            return selector(Optional.empty());
        }
        if (!peek().is("(")) {
            throw unexpected("an expression");
        }
        next();
        Expr inner = binary(1);
        expect(")");
        return inner;
    }

    private Expr named() {
        Token name = next();
        Optional<AggregateOperator> aggregation = AggregateOperator.of(name.text());
        boolean opensAggregation = peek().is("(") || peek().isWord("by") || peek().isWord("without");
        if (aggregation.isPresent() && opensAggregation) {
            return aggregate(aggregation.get(), name);
        }
        if (FOREIGN_AGGREGATIONS.contains(name.text()) && opensAggregation) {
            throw problem(
                    name,
                    "aggregation \"" + name.text() + "\"" + REFUSED
                            + Arrays.stream(AggregateOperator.values())
                                    .map(AggregateOperator::text)
                                    .collect(Collectors.joining(", ")));
        }
        if (peek().is("(")) {
            return call(name);
        }
        if (name.isWord("inf")) {
            return new Expr.Numeral(Double.POSITIVE_INFINITY);
        }
        if (name.isWord("nan")) {
            return new Expr.Numeral(Double.NaN);
        }
        return selector(Optional.of(name));
    }

    private Expr call(Token name) {
        Function function = Function.of(name.text())
                .orElseThrow(() -> problem(name, "function \"" + name.text() + "\"" + REFUSED + Function.names()));
        List<Expr> arguments = arguments();
        int fixed = function.parameters().size();
        if (arguments.size() < fixed) {
            throw problem(
                    name,
                    "expected %d argument(s) in call to \"%s\", got %d"
                            .formatted(fixed, function.text(), arguments.size()));
        }
        for (int i = 0; i < arguments.size(); i++) {
            ValueType expected = function.parameter(i)
                    .orElseThrow(() -> problem(
                            name,
                            "expected %d argument(s) in call to \"%s\", got %d"
                                    .formatted(fixed, function.text(), arguments.size())));
            requireType(name, arguments.get(i), expected, "call to function \"" + function.text() + "\"");
        }
        return new Expr.Call(function, arguments);
    }

    private Expr aggregate(AggregateOperator operator, Token name) {
        Optional<Grouping> grouping = grouping();
        List<Expr> arguments = arguments();
        if (grouping.isEmpty()) {
            grouping = grouping();
        }
        int expected = operator == AggregateOperator.TOPK ? 2 : 1;
        if (arguments.size() != expected) {
            throw problem(
                    name,
                    "wrong number of arguments for aggregate expression provided, expected %d, got %d"
                            .formatted(expected, arguments.size()));
        }
        requireType(name, arguments.getLast(), ValueType.VECTOR, "aggregation expression");
        Optional<Expr> parameter = expected == 2 ? Optional.of(arguments.getFirst()) : Optional.empty();
        parameter.ifPresent(p -> requireType(name, p, ValueType.SCALAR, "aggregation parameter"));
        return new Expr.Aggregate(
                operator, grouping.orElse(new Grouping.By(List.of())), parameter, arguments.getLast());
    }

    private Optional<Grouping> grouping() {
        if (accept("by")) {
            return Optional.of(new Grouping.By(labelList()));
        }
        return accept("without") ? Optional.of(new Grouping.Without(labelList())) : Optional.empty();
    }

    private List<Expr> arguments() {
        expect("(");
        List<Expr> arguments = new ArrayList<>();
        while (!peek().is(")")) {
            arguments.add(binary(1));
            if (!peek().is(",")) {
                break;
            }
            next();
        }
        expect(")");
        return arguments;
    }

    private List<String> labelList() {
        expect("(");
        List<String> labels = new ArrayList<>();
        while (!peek().is(")")) {
            labels.add(expect(Kind.IDENTIFIER, "a label name").text());
            if (!peek().is(",")) {
                break;
            }
            next();
        }
        expect(")");
        return labels;
    }

    private Expr selector(Optional<Token> metric) {
        Token start = metric.orElseGet(this::peek);
        List<LabelMatcher> matchers = new ArrayList<>();
        metric.ifPresent(name -> matchers.add(new LabelMatcher(Labels.NAME, LabelMatcher.Operator.EQUAL, name.text())));
        if (peek().is("{")) {
            next();
            while (!peek().is("}")) {
                matchers.add(matcher());
                if (!peek().is(",")) {
                    break;
                }
                next();
            }
            expect("}");
        }
        if (matchers.stream().allMatch(m -> m.matches(""))) {
            throw problem(start, "vector selector must contain at least one non-empty matcher");
        }
        return new Expr.Selector(matchers);
    }

    private LabelMatcher matcher() {
        Token label = expect(Kind.IDENTIFIER, "a label name");
        Token operator = expect(Kind.SYMBOL, "one of = != =~ !~");
        Token value = expect(Kind.STRING, "a quoted label value");
        try {
            return new LabelMatcher(label.text(), LabelMatcher.Operator.of(operator.text()), value.text());
        } catch (IllegalArgumentException e) {
            throw problem(operator, String.valueOf(e.getMessage()));
        }
    }

    private Expr postfix(Expr expr) {
        Token token = peek();
        if (token.isWord("offset") || token.is("@")) {
            throw problem(token, "modifier \"" + token.text() + "\"" + REFUSED + "ranges such as [5m]");
        }
        if (!token.is("[")) {
            return expr;
        }
        next();
        Token length = expect(Kind.DURATION, "a duration such as 5m");
        if (peek().is(":")) {
            throw problem(peek(), "a subquery" + REFUSED + "ranges such as [5m]; use a recording rule");
        }
        expect("]");
        if (!(expr instanceof Expr.Selector selector)) {
            throw problem(token, "ranges only allowed for vector selectors");
        }
        return postfix(new Expr.Range(selector, PromDuration.parse(length.text())));
    }

    private void requireType(Token where, Expr argument, ValueType expected, String context) {
        if (argument.type() != expected) {
            throw problem(
                    where,
                    "expected type %s in %s, got %s"
                            .formatted(expected.text(), context, argument.type().text()));
        }
    }

    private static double number(String text) {
        return text.startsWith("0x") || text.startsWith("0X")
                ? Long.parseLong(text.substring(2), 16)
                : Double.parseDouble(text);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(at++);
    }

    private boolean accept(String word) {
        boolean found = peek().isWord(word);
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(String symbol) {
        if (!peek().is(symbol)) {
            throw unexpected("\"" + symbol + "\"");
        }
        at++;
    }

    private Token expect(Kind kind, String what) {
        if (peek().kind() != kind) {
            throw unexpected(what);
        }
        return next();
    }

    private PromqlException unexpected(String expected) {
        Token found = peek();
        String what = found.kind() == Kind.END ? "end of input" : "\"" + found.text() + "\"";
        return problem(found, "found " + what + ", expected " + expected);
    }

    private PromqlException problem(Token where, String reason) {
        return PromqlException.unreadable(text, where.offset(), reason);
    }
}
