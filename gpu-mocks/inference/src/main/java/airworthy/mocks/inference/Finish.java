package airworthy.mocks.inference;

import java.util.Locale;

/** Why a request ended, in vLLM's words. */
enum Finish {
    STOP,
    LENGTH,
    ABORT,
    ERROR;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
