package airworthy.mocks.promql;

import airworthy.mocks.promql.BinaryOperator.Kind;
import airworthy.mocks.promql.Expr.ComparisonResult;
import airworthy.mocks.promql.Matching.Cardinality;
import airworthy.mocks.promql.Matching.Scope;

/** The rules Prometheus's parser applies to an operator and its operands. */
record TypeRules(String text, int offset) {
    void check(Expr.Binary binary, boolean explicitMatching) {
        BinaryOperator operator = binary.operator();
        boolean scalars = binary.type() == ValueType.SCALAR;
        boolean vectors =
                binary.left().type() == ValueType.VECTOR && binary.right().type() == ValueType.VECTOR;
        require(
                isNumeric(binary.left()) && isNumeric(binary.right()),
                "binary expression must contain only scalar and instant vector types");
        require(
                binary.result() == ComparisonResult.FILTER || operator.kind() == Kind.COMPARISON,
                "bool modifier can only be used on comparison operators");
        require(
                !(scalars && operator.kind() == Kind.COMPARISON && binary.result() == ComparisonResult.FILTER),
                "comparisons between scalars must use BOOL modifier");
        require(
                vectors || operator.kind() != Kind.SET,
                "set operator \"" + operator.symbol() + "\" not allowed in binary scalar expression");
        require(vectors || !explicitMatching, "vector matching only allowed between instant vectors");
        Matching matching = binary.matching();
        require(
                operator.kind() != Kind.SET || matching.cardinality() == Cardinality.ONE_TO_ONE,
                "no grouping allowed for \"" + operator.symbol() + "\" operation");
        for (String label : matching.include()) {
            require(
                    !(matching.scope() == Scope.ON && matching.labels().contains(label)),
                    "label \"" + label + "\" must not occur in ON and GROUP clause at once");
        }
    }

    private static boolean isNumeric(Expr expr) {
        return expr.type() == ValueType.SCALAR || expr.type() == ValueType.VECTOR;
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw PromqlException.unreadable(text, offset, rule);
        }
    }
}
