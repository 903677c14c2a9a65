package airworthy.probes.kubernetes;

/** What the API server answered to one request. */
public sealed interface ApiAnswer {

    /**
     * It did what was asked.
     *
     * @param json the answer's body
     * @param status the HTTP status
     */
    record Ok(String json, int status) implements ApiAnswer {}

    /**
     * It understood, and said no.
     *
     * @param status the HTTP status, 400 to 499
     * @param message the server's own words
     */
    record Refused(int status, String message) implements ApiAnswer {}

    /**
     * There was no answer that means anything: a request that changes something may or may not have been carried out.
     *
     * @param why what was asked of whom, and what came instead
     */
    record Failed(String why) implements ApiAnswer {}
}
