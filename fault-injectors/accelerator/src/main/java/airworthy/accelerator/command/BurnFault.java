package airworthy.accelerator.command;

import airworthy.accelerator.hold.Duty;
import airworthy.accelerator.hold.Neighbour;
import airworthy.accelerator.library.NativeException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** Another process computes on the device. */
final class BurnFault implements HeldFault {
    private final Neighbour neighbour;
    private final Duty duty;

    private BurnFault(Neighbour neighbour, Duty duty) {
        this.neighbour = neighbour;
        this.duty = duty;
    }

    static BurnFault on(Accelerator accelerator, Duty duty) throws NativeException {
        return new BurnFault(Neighbour.on(accelerator.device(), accelerator.context(), duty), duty);
    }

    @Override
    public void keepUp(Bound bound) throws NativeException {
        neighbour.run(bound::goesOn);
    }

    @Override
    public boolean made() {
        return neighbour.busy().isPositive();
    }

    @Override
    public void tell(ObjectNode status) {
        status.put("kind", "neighbour")
                .put("dutyPercent", duty.percent())
                .put("busySeconds", seconds(neighbour.busy()));
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
