package airworthy.acceptance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs only where {@code AIRWORTHY_REAL} is set, as {@code .ci/real} does; elsewhere says what was not proven. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnRealNode.Condition.class)
@interface OnRealNode {
    /** What the tests would have proven. */
    String proves();

    /** Looks at the environment. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (System.getenv("AIRWORTHY_REAL") != null) {
                return ConditionEvaluationResult.enabled("AIRWORTHY_REAL is set");
            }
            String unproven = context.getTestClass()
                    .map(type -> type.getAnnotation(OnRealNode.class))
                    .map(OnRealNode::proves)
                    .orElse("tests on a real node");
            if (context.getTestMethod().isEmpty()) {
                System.out.println("not proven: " + unproven + " (.ci/real proves it)");
            }
            return ConditionEvaluationResult.disabled(unproven);
        }
    }
}
