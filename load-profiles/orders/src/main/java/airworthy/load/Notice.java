package airworthy.load;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the load JVM tells the harness, one a line on its standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Notice.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = Notice.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Notice.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Notice.Counted.class, name = "counted"),
    @JsonSubTypes.Type(value = Notice.Clock.class, name = "clock"),
    @JsonSubTypes.Type(value = Notice.Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = Notice.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Notice.Recorded.class, name = "recorded"),
    @JsonSubTypes.Type(value = Notice.Finished.class, name = "finished")
})
public sealed interface Notice {

    /**
     * Warm, with all senders waiting.
     *
     * @param protocol which version of these messages it speaks
     * @param users requests that can be in flight at once
     */
    record Ready(int protocol, int users) implements Notice {}

    /** A stream is being sent. */
    record Started(String stream) implements Notice {}

    /**
     * How far a stream is.
     *
     * @param sent requests handed to a sender; those skipped for want of one are left out
     */
    record Counted(String stream, long sent) implements Notice {}

    /** What the monotonic clock says. */
    record Clock(long nowNs) implements Notice {}

    /** What was asked of a stream was not possible. */
    record Refused(String stream, String why) implements Notice {}

    /**
     * No request of a stream is in flight any more.
     *
     * @param requests how many were scheduled
     */
    record Stopped(String stream, long requests) implements Notice {}

    /** Sent each second. */
    record Progress(LoadProgress progress) implements Notice {}

    /**
     * A request has ended, of a load JVM that writes no file.
     *
     * @param line what would be a line of its log, without its end
     */
    record Recorded(String line) implements Notice {}

    /**
     * The log is complete: on disk, or every record of it sent.
     *
     * @param health what the engine saw of itself
     */
    record Finished(LoadLog log, EngineHealth health) implements Notice {}
}
