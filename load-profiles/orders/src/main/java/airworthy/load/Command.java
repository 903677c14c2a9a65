package airworthy.load;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** What the harness tells the load JVM, one a line on its standard input. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Begin.class, name = "begin"),
    @JsonSubTypes.Type(value = Command.Start.class, name = "start"),
    @JsonSubTypes.Type(value = Command.Count.class, name = "count"),
    @JsonSubTypes.Type(value = Command.Clock.class, name = "clock"),
    @JsonSubTypes.Type(value = Command.Stop.class, name = "stop"),
    @JsonSubTypes.Type(value = Command.Finish.class, name = "finish")
})
public sealed interface Command {

    /** Get warm. Only a load JVM that somebody has to attach to waits for it: what it said before would be lost. */
    record Begin() implements Command {}

    /**
     * Send a stream from now on.
     *
     * @param firstNs the monotonic time at which its schedule begins; it may lie in the past, and what is overdue then
     *     is sent at once and late
     */
    record Start(StreamOrder order, long firstNs) implements Command {}

    /** Say how many requests of a stream were sent so far. */
    record Count(String stream) implements Command {}

    /** Say what the monotonic clock says. */
    record Clock() implements Command {}

    /**
     * Schedule no more of a stream.
     *
     * @param grace how long requests in flight may go on before they are cancelled
     */
    record Stop(String stream, Duration grace) implements Command {}

    /** Cancel what is in flight, close the log and end. */
    record Finish() implements Command {}
}
