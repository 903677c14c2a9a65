package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A fault that lasts as long as a process of ours makes it. What it tells of itself may be asked by any thread. */
interface HeldFault extends AutoCloseable {

    /** Makes it, and keeps it up until the bound ends it. */
    void keepUp(Bound bound) throws NativeException, InterruptedException;

    /** Whether it is made. */
    boolean made();

    /** What was asked for, and what came. */
    void tell(ObjectNode status);

    /** For people: one line. */
    String told();

    @Override
    void close() throws NativeException;
}
