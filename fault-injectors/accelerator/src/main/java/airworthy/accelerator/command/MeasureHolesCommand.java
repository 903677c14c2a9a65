package airworthy.accelerator.command;

import airworthy.accelerator.hold.Holes;
import airworthy.accelerator.hold.HolesReport;
import airworthy.accelerator.library.NativeException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what holes in a device's memory do. */
@Command(
        name = "measure-holes",
        description = {
            "Measures whether holes in a device's memory keep anybody from a large piece of it.",
            "Holds all of the device but an arena, cuts that into pieces, gives every second back, and asks for the largest",
            "piece that there is. Others on the device are refused memory meanwhile: use a device that nobody serves from."
        },
        mixinStandardHelpOptions = true)
final class MeasureHolesCommand implements Callable<Integer> {
    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Option(
            names = "--arena",
            paramLabel = "SIZE",
            defaultValue = "4GiB",
            description = "How much takes part; default: ${DEFAULT-VALUE}.")
    private @Nullable Bytes arena;

    @Option(
            names = "--pieces",
            paramLabel = "SIZE",
            split = ",",
            defaultValue = "2MiB,32MiB,256MiB",
            description = "Sizes of the pieces; default: ${DEFAULT-VALUE}.")
    private List<Bytes> pieces = List.of();

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws NoAcceleratorException, NativeException, JsonProcessingException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (Accelerator accelerator = device.open()) {
            HolesReport report = new Holes(accelerator.context(), System::nanoTime)
                    .measure(
                            Objects.requireNonNull(arena).count(),
                            pieces.stream().map(Bytes::count).toList());
            String driver = accelerator.nvml().driverVersion();
            if (json) {
                out.println(new JsonMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(node(accelerator.device().name(), driver, report)));
            } else {
                tell(out, accelerator.device().name(), driver, report);
            }
            out.flush();
        }
        return 0;
    }

    private static ObjectNode node(String device, String driver, HolesReport report) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("device", device)
                .put("driver", driver)
                .put("arenaBytes", report.arenaBytes());
        ArrayNode states = node.putArray("states");
        for (HolesReport.State state : report.states()) {
            states.addObject()
                    .put("state", state.name())
                    .put("pieces", state.pieces())
                    .put("freeBytes", state.freeBytes())
                    .put("largestBytes", state.largestBytes())
                    .put("tookMs", state.tookNs() / 1e6);
        }
        return node;
    }

    private static void tell(PrintWriter out, String device, String driver, HolesReport report) {
        out.printf("%s, driver %s, arena of %s%n", device, driver, Bytes.told(report.arenaBytes()));
        out.printf("%-28s %8s %12s %12s %7s %10s%n", "state", "pieces", "free", "largest", "share", "took");
        for (HolesReport.State state : report.states()) {
            out.printf(
                    Locale.ROOT,
                    "%-28s %8d %12s %12s %6.1f%% %7.1f ms%n",
                    state.name(),
                    state.pieces(),
                    Bytes.told(state.freeBytes()),
                    Bytes.told(state.largestBytes()),
                    100 * state.share(),
                    state.tookNs() / 1e6);
        }
    }
}
