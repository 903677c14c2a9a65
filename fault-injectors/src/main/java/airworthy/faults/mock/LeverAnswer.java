package airworthy.faults.mock;

import airworthy.faults.JsonValue;

/** What a lever's address answered. */
sealed interface LeverAnswer {

    /** Where the lever stands. */
    record Position(JsonValue value) implements LeverAnswer {}

    /** It stands elsewhere than expected, and was left there. */
    record Elsewhere(JsonValue value) implements LeverAnswer {}

    /** The part understood, and said no. */
    record Refused(int status, String message) implements LeverAnswer {}

    /** There was no answer that means anything. */
    record Failed(String why) implements LeverAnswer {}
}
