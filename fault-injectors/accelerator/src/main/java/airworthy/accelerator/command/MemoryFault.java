package airworthy.accelerator.command;

import airworthy.accelerator.hold.HeldMemory;
import airworthy.accelerator.library.NativeException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** Another process has the device's memory. What others give back meanwhile is taken too. */
final class MemoryFault implements HeldFault {
    /** Short against the time in which a server that was refused memory asks again. */
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final HeldMemory memory;
    private final long leaveFree;
    private volatile boolean made;

    MemoryFault(Accelerator accelerator, long leaveFree, long most) {
        this.memory = new HeldMemory(accelerator.context(), leaveFree, most);
        this.leaveFree = leaveFree;
    }

    @Override
    public void keepUp(Bound bound) throws NativeException, InterruptedException {
        while (bound.goesOn()) {
            memory.take();
            made = true;
            bound.await(AGAIN);
        }
    }

    @Override
    public boolean made() {
        return made;
    }

    @Override
    public void tell(ObjectNode status) {
        status.put("kind", "memory").put("leaveFreeBytes", leaveFree).put("heldBytes", memory.bytes());
    }

    @Override
    public String told() {
        return "held " + Bytes.told(memory.bytes());
    }

    @Override
    public void close() throws NativeException {
        made = false;
        memory.close();
    }
}
