package airworthy.probes.prometheus;

import airworthy.model.Alert;
import airworthy.model.AlertState;

/**
 * An alert of a rule.
 *
 * @param state pending or firing
 * @param alert labels and annotations
 * @param activeAt when its expression began to hold, by Prometheus's clock, as it wrote it
 */
public record RuleAlert(AlertState state, Alert alert, String activeAt) {}
