package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.nvml.GpuMemory;
import airworthy.accelerator.nvml.GpuProcess;
import airworthy.accelerator.nvml.Utilization;
import airworthy.levers.AdminServer;
import airworthy.levers.LeverFailureException;
import airworthy.levers.LeverPages;
import airworthy.levers.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What is told at the admin port: levers, readiness, and what NVML says of the device. Who wants to know whether a fault took hold
 * reads the latter: a lever tells what was asked for.
 */
final class AdminPages implements AdminServer.Pages {
    private final Accelerator accelerator;
    private final Levers levers;
    private final LeverPages<Lever> pages;

    AdminPages(Accelerator accelerator, Levers levers) {
        this.accelerator = accelerator;
        this.levers = levers;
        this.pages = new LeverPages<>(levers);
    }

    @Override
    public Reply answer(String method, String path, String body) throws LeverFailureException, InterruptedException {
        try {
            return switch (path) {
                case "/admin/ready" -> ready();
                case "/admin/device" -> Reply.json(200, device());
                default ->
                    pages.answer(method, path, body)
                            .orElseGet(() -> Reply.error(
                                    404, "path: expected one below /admin/levers, or /admin/device or /admin/ready"));
            };
        } catch (NativeException e) {
            return Reply.error(500, e.told());
        }
    }

    /** The device is asked, not assumed: it can be lost while nothing is made of it. */
    private Reply ready() throws NativeException {
        accelerator.nvml().memory(accelerator.gpu());
        return Reply.json(200, JsonNodeFactory.instance.objectNode().put("ready", true));
    }

    private ObjectNode device() throws NativeException {
        ObjectNode device = JsonNodeFactory.instance.objectNode();
        device.put("uuid", accelerator.device().uuid())
                .put("name", accelerator.device().name())
                .put("driver", accelerator.nvml().driverVersion());
        Held held = levers.held();
        device.putObject("held")
                .put("bytes", held.bytes())
                .put("busySeconds", held.busy().toMillis() / 1e3);
        levers.problem().ifPresent(problem -> device.put("problem", problem));
        GpuMemory memory = accelerator.nvml().memory(accelerator.gpu());
        ObjectNode bytes = device.putObject("memory")
                .put("totalBytes", memory.total())
                .put("freeBytes", memory.free())
                .put("usedBytes", memory.used());
        memory.reserved().ifPresent(reserved -> bytes.put("reservedBytes", reserved));
        Optional<Utilization> utilization = accelerator.nvml().utilization(accelerator.gpu());
        utilization.ifPresent(busy -> device.put("utilizationPercent", busy.gpuPercent()));
        ArrayNode processes = device.putArray("processes");
        for (GpuProcess process : accelerator.nvml().processes(accelerator.gpu())) {
            ObjectNode each = processes.addObject().put("pid", process.pid());
            process.usedBytes().ifPresent(used -> each.put("usedBytes", used));
        }
        return device;
    }
}
