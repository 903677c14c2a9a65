package airworthy.mocks.kubernetes.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives free devices to requests: the first complete assignment in the order of requests and devices, if any. */
final class DeviceAllocator {
    private final List<Device> free;
    private final List<DeviceRequest> requests;
    private final boolean[] taken;
    private final List<Assignment> assigned = new ArrayList<>();

    /** One device for one request. */
    record Assignment(DeviceRequest request, Device device) {}

    private DeviceAllocator(List<Device> free, List<DeviceRequest> requests) {
        this.free = free;
        this.requests = requests;
        this.taken = new boolean[free.size()];
    }

    /** Empty when the devices do not satisfy all requests together. */
    static Optional<List<Assignment>> allocate(List<Device> free, List<DeviceRequest> requests) {
        int wanted = requests.stream().mapToInt(DeviceRequest::count).sum();
        boolean hopeless = wanted > free.size()
                || requests.stream()
                        .anyMatch(r -> free.stream().filter(r.suitable()).count() < r.count());
        DeviceAllocator search = new DeviceAllocator(free, requests);
        return !hopeless && search.fill(0, 0, 0) ? Optional.of(List.copyOf(search.assigned)) : Optional.empty();
    }

    /** Devices of one request are chosen in ascending order, so that equal choices are not tried twice. */
    private boolean fill(int request, int given, int from) {
        if (request == requests.size()) {
            return true;
        }
        DeviceRequest wanted = requests.get(request);
        if (given == wanted.count()) {
            return fill(request + 1, 0, 0);
        }
        for (int i = from; i < free.size(); i++) {
            if (!taken[i] && wanted.suitable().test(free.get(i))) {
                taken[i] = true;
                assigned.add(new Assignment(wanted, free.get(i)));
                if (fill(request, given + 1, i + 1)) {
                    return true;
                }
                assigned.removeLast();
                taken[i] = false;
            }
        }
        return false;
    }
}
