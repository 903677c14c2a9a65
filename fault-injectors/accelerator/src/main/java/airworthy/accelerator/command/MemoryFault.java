package airworthy.accelerator.command;

import airworthy.accelerator.hold.HeldMemory;
import airworthy.accelerator.library.NativeException;
import java.time.Duration;

/** Another process has the device's memory. What others give back meanwhile is taken too. */
final class MemoryFault implements HeldFault {
    /** Short against the time in which a server that was refused memory asks again. */
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final HeldMemory memory;
    private volatile boolean made;

    MemoryFault(Accelerator accelerator, long leaveFree, long most) {
        this.memory = new HeldMemory(accelerator.context(), leaveFree, most);
    }

    @Override
    public void keepUp(Lasting lasting) throws NativeException, InterruptedException {
        while (lasting.goesOn()) {
            memory.take();
            made = true;
            lasting.await(AGAIN);
        }
    }

    @Override
    public boolean made() {
        return made;
    }

    @Override
    public Held held() {
        return new Held(memory.bytes(), Duration.ZERO);
    }

    @Override
    public String told() {
        return "holding " + Bytes.told(memory.bytes());
    }

    @Override
    public void close() throws NativeException {
        made = false;
        memory.close();
    }
}
