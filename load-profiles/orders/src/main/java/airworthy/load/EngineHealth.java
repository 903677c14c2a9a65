package airworthy.load;

import java.util.OptionalLong;

/**
 * What the load JVM saw of itself since it was warm. All times in nanoseconds.
 *
 * @param wallNs how long that is
 * @param cpuNs processor time of all its threads
 * @param cores that it may use
 * @param loopLagP99Ns how late a timer of its event loops rang, 99 of 100 times at most; empty below 1,000 times
 * @param loopLagMaxNs and at worst
 * @param gcPauses garbage collections
 * @param gcTotalNs all of them together, to the millisecond
 * @param gcMaxNs the longest, to the millisecond
 */
public record EngineHealth(
        long wallNs,
        long cpuNs,
        int cores,
        OptionalLong loopLagP99Ns,
        long loopLagMaxNs,
        long gcPauses,
        long gcTotalNs,
        long gcMaxNs) {

    /** Of several engines on one machine: work adds up, and of what spoils stamps the worst counts. */
    public EngineHealth and(EngineHealth other) {
        return new EngineHealth(
                Math.max(wallNs, other.wallNs),
                cpuNs + other.cpuNs,
                Math.max(cores, other.cores),
                loopLagP99Ns.isPresent() && other.loopLagP99Ns.isPresent()
                        ? OptionalLong.of(Math.max(loopLagP99Ns.getAsLong(), other.loopLagP99Ns.getAsLong()))
                        : OptionalLong.empty(),
                Math.max(loopLagMaxNs, other.loopLagMaxNs),
                gcPauses + other.gcPauses,
                Math.max(gcTotalNs, other.gcTotalNs),
                Math.max(gcMaxNs, other.gcMaxNs));
    }

    /** Of engines on machines, or in pods, of their own: cores add up too. */
    public EngineHealth andElsewhere(EngineHealth other) {
        EngineHealth both = and(other);
        return new EngineHealth(
                both.wallNs,
                both.cpuNs,
                cores + other.cores,
                both.loopLagP99Ns,
                both.loopLagMaxNs,
                both.gcPauses,
                both.gcTotalNs,
                both.gcMaxNs);
    }

    /** The share of its cores that was busy with this process, from 0 to 1. */
    public double cpuShare() {
        return wallNs <= 0 ? 0 : (double) cpuNs / wallNs / cores;
    }
}
