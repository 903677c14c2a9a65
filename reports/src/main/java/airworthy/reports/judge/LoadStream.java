package airworthy.reports.judge;

import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.util.List;
import java.util.Optional;

/**
 * One stream of load of a scenario.
 *
 * @param name as its records carry it
 * @param inference the served model that it asks
 * @param slo what that model's owner promises, if the profile knows the model
 * @param requests in the order of their schedule
 */
record LoadStream(String name, String inference, Optional<Slo> slo, List<RequestRecord> requests) {
    LoadStream {
        requests = List.copyOf(requests);
    }
}
