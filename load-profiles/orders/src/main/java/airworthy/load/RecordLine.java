package airworthy.load;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The form of a {@link RequestRecord} in the log: what is empty is left out, an outcome has its stable name. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
    "stream",
    "number",
    "outcome",
    "status",
    "replica",
    "intendedNs",
    "startNs",
    "writeNs",
    "headersNs",
    "contentNs",
    "endNs",
    "promptTokens",
    "completionTokens",
    "correct",
    "detail"
})
record RecordLine(
        String stream,
        long number,
        String outcome,
        OptionalInt status,
        Optional<String> replica,
        long intendedNs,
        OptionalLong startNs,
        OptionalLong writeNs,
        OptionalLong headersNs,
        @Nullable List<Long> contentNs,
        long endNs,
        OptionalInt promptTokens,
        OptionalInt completionTokens,
        Optional<Boolean> correct,
        @Nullable String detail) {

    static RecordLine of(RequestRecord request) {
        return new RecordLine(
                request.stream(),
                request.number(),
                request.outcome().id(),
                request.status(),
                request.replica(),
                request.intendedNs(),
                request.startNs(),
                request.writeNs(),
                request.headersNs(),
                request.contentNs(),
                request.endNs(),
                request.promptTokens(),
                request.completionTokens(),
                request.correct(),
                request.detail());
    }

    RequestRecord toRecord() {
        return new RequestRecord(
                stream,
                number,
                RequestOutcome.valueOf(outcome.toUpperCase(Locale.ROOT).replace('-', '_')),
                status,
                replica,
                intendedNs,
                startNs,
                writeNs,
                headersNs,
                contentNs == null ? List.of() : contentNs,
                endNs,
                completionTokens,
                correct,
                detail == null ? "" : detail,
                promptTokens);
    }
}
