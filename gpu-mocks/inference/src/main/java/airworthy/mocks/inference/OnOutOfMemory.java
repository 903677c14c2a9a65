package airworthy.mocks.inference;

/**
 * What a server does when a request finds no memory.
 *
 * @param ends whether the process ends over it, as one whose worker nobody guards does
 * @param shedAfter after how many such failures in a row it says that it is not ready, until memory is found again; 0 is never
 */
public record OnOutOfMemory(boolean ends, int shedAfter) {

    public OnOutOfMemory {
        if (shedAfter < 0) {
            throw new IllegalArgumentException("shedAfter must be at least 0: " + shedAfter);
        }
    }
}
