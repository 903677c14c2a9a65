package airworthy.reports.judge;

import airworthy.model.Slo;
import java.time.Duration;

/**
 * What a client's times are held against.
 *
 * @param slo the bounds
 * @param error of each measured time; one that lies within it of its bound says nothing
 */
record Promise(Slo slo, Duration error) {}
