package airworthy.accelerator.command;

import airworthy.accelerator.hold.Duty;
import airworthy.accelerator.hold.Neighbour;
import airworthy.accelerator.library.NativeException;

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

    @Override
    public Held held() {
        return new Held(0, neighbour.busy());
    }

    @Override
    public String told() {
        return "computing, for " + neighbour.busy().toMillis() / 1e3 + " s up to now";
    }

    @Override
    public void close() throws NativeException {
        neighbour.close();
    }
}
