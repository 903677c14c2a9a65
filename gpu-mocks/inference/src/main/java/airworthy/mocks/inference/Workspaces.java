package airworthy.mocks.inference;

import airworthy.mocks.inference.Arena.Block;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Gives each request its workspace, and sees when there are none to be had: what failed is logged, and after some failures in a
 * row the server is fit for no more requests until a trial succeeds. Safe for any number of threads.
 */
final class Workspaces {

    private final DeviceMemory memory;
    private final OnOutOfMemory policy;
    private final Consumer<String> log;
    private final Consumer<String> end;
    private final AtomicInteger failedInARow = new AtomicInteger();

    /**
     * @param log where the allocator's words go
     * @param end ends the process, with these words
     */
    Workspaces(DeviceMemory memory, OnOutOfMemory policy, Consumer<String> log, Consumer<String> end) {
        this.memory = memory;
        this.policy = policy;
        this.log = log;
        this.end = end;
    }

    /** Takes one for a request. */
    Block take() throws OutOfMemory {
        try {
            Block taken = memory.take();
            failedInARow.set(0);
            return taken;
        } catch (OutOfMemory e) {
            failedInARow.incrementAndGet();
            log.accept("ERROR torch.OutOfMemoryError: " + e.text());
            if (policy.ends()) {
                end.accept("torch.OutOfMemoryError: " + e.text());
            }
            throw e;
        }
    }

    void giveBack(Block workspace) {
        memory.giveBack(workspace);
    }

    /** Whether further requests have a chance; one who has turned them away tries for itself. */
    boolean fit() {
        if (policy.shedAfter() == 0 || failedInARow.get() < policy.shedAfter()) {
            return true;
        }
        try {
            memory.giveBack(memory.take());
            failedInARow.set(0);
            return true;
        } catch (OutOfMemory stillNone) {
            return false;
        }
    }
}
