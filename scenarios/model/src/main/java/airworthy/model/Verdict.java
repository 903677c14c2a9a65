package airworthy.model;

import java.util.List;

/**
 * What the findings of one capability come to.
 *
 * @param capability which
 * @param score points, or why there are none
 * @param coverage weight judged of weight asked
 * @param findings of its own scenarios
 */
public record Verdict(Capability capability, Score score, Share coverage, List<Finding> findings) {
    public Verdict {
        findings = List.copyOf(findings);
    }
}
