package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;

/** Makes a fault on one device, tells how it stands, and ends it. */
final class Holding {
    private Holding() {}

    /** Makes a fault on a device. */
    @FunctionalInterface
    interface Maker {
        HeldFault on(Accelerator accelerator) throws NativeException;
    }

    /** Runs until the time is over, or the process is asked to end. */
    static int run(HoldOptions options, PrintWriter out, Maker maker)
            throws NoAcceleratorException, NativeException, IOException, InterruptedException {
        Bound bound = Bound.of(options.most());
        try (Accelerator accelerator = options.libraries().accelerator(options.device())) {
            InetSocketAddress address = options.status();
            // closed in the order that is the other way round: what is taken is given back before the device is let go
            try (HeldFault fault = maker.on(accelerator);
                    StatusServer status =
                            address == null ? StatusServer.none() : StatusServer.start(address, accelerator, fault, bound)) {
                out.println("on " + accelerator.told() + (status.port() == 0 ? "" : "; status at port " + status.port()));
                out.flush();
                fault.keepUp(bound);
                out.println(fault.told());
            }
            out.println("given back");
            out.flush();
        } finally {
            bound.given();
        }
        return 0;
    }
}
