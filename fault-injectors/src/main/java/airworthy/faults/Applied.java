package airworthy.faults;

import java.util.OptionalInt;

/** What came of making one change. */
public sealed interface Applied {

    /** Made. */
    record Done(OptionalInt status, String detail) implements Applied {}

    /**
     * The platform said no, in its own words.
     *
     * @param status the HTTP status
     * @param message the platform's words
     */
    record Refused(int status, String message) implements Applied {}

    /**
     * It could not be made, or nobody knows whether it was.
     *
     * @param why what was tried and what came of it
     */
    record Failed(String why) implements Applied {}
}
