package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;

/** A fault that lasts as long as a process of ours makes it. What it tells of itself may be asked by any thread. */
interface HeldFault extends AutoCloseable {

    /** Makes it, and keeps it up for as long as it is to last. */
    void keepUp(Lasting lasting) throws NativeException, InterruptedException;

    /** Whether it is made. */
    boolean made();

    /** What it holds now. */
    Held held();

    /** For people: what it does now, in one line. */
    String told();

    @Override
    void close() throws NativeException;
}
