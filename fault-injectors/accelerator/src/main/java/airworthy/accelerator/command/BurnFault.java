package airworthy.accelerator.command;

import airworthy.accelerator.hold.Duty;
import airworthy.accelerator.hold.Neighbour;
import airworthy.accelerator.library.NativeException;
import java.time.Duration;

/** Another process computes on the device. */
final class BurnFault implements HeldFault {
    private final Neighbour neighbour;

    private BurnFault(Neighbour neighbour) {
        this.neighbour = neighbour;
    }

    static BurnFault on(Accelerator accelerator, Duty duty) throws NativeException {
        return new BurnFault(Neighbour.on(accelerator.device(), accelerator.context(), duty));
    }

    @Override
    public void keepUp(Lasting lasting) throws NativeException {
        neighbour.run(lasting::goesOn);
    }

    @Override
    public boolean made() {
        return neighbour.busy().isPositive();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    @Override
    public String told() {
        return "computed for " + seconds(neighbour.busy()) + " s";
    }

    @Override
    public void close() throws NativeException {
        neighbour.close();
    }
}
