package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import java.io.PrintWriter;
import java.time.Duration;

/** Makes a fault on one device, tells how it stands, and ends it. */
final class Holding {
    /** A context is made and a kernel compiled meanwhile. */
    private static final Duration MADE_WITHIN = Duration.ofSeconds(30);

    private Holding() {}

    /** Makes a fault on a device. */
    @FunctionalInterface
    interface Maker {
        HeldFault on(Accelerator accelerator) throws NativeException;
    }

    /** Runs until the time is over, or the process is asked to end. */
    static int run(HoldOptions options, PrintWriter out, Maker maker)
            throws NoAcceleratorException, NativeException, InterruptedException {
        Bound bound = Bound.of(options.most().duration());
        try (Accelerator accelerator = options.device().open()) {
            tell(
                    out,
                    "on " + accelerator.told() + ", for "
                            + options.most().duration().toSeconds() + " s at the most");
            try (KeptUp fault = KeptUp.start(maker.on(accelerator), bound)) {
                if (fault.made(MADE_WITHIN)) {
                    tell(out, fault.told());
                }
                fault.awaitEnd();
                tell(out, fault.told());
            }
            tell(out, "given back");
        } finally {
            bound.given();
        }
        return 0;
    }

    private static void tell(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
