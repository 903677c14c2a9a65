package airworthy.load.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Simulation;

/** All users start at once and wait for orders until told to leave. Gatling makes it, so it takes no arguments. */
public final class PoolSimulation extends Simulation {

    /** The session attribute that ends a user's loop. */
    static final String LEAVING = "leaving";

    /**
     * What the users do.
     *
     * @param users how many
     * @param waiting one wait for an order and its execution
     */
    record Plan(int users, ActionBuilder waiting) {}

    /** The plan of the run that is being set up on this thread. */
    static final ScopedValue<Plan> PLAN = ScopedValue.newInstance();

    public PoolSimulation() {
        Plan plan = PLAN.get();
        setUp(scenario("pool")
                        .asLongAs(session -> !session.contains(LEAVING))
                        .on(exec(plan.waiting()))
                        .injectOpen(atOnceUsers(plan.users())))
                .protocols(http.disableWarmUp().shareConnections());
    }
}
