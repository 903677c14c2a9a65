package airworthy.load.gatling;

import com.typesafe.scalalogging.Logger;
import io.gatling.app.Runner;
import io.gatling.app.Selection;
import io.gatling.core.Predef$;
import io.gatling.core.action.Action;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.cli.GatlingArgs;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.config.GatlingConfiguration$;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.http.client.HttpListener;
import io.gatling.http.client.Request;
import io.gatling.http.engine.HttpEngine;
import io.gatling.http.protocol.HttpComponents;
import io.gatling.http.protocol.HttpProtocol$;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.netty.util.Transports;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Runs of Gatling: of our own simulation, whose users park in a pool, and of users' own ones.
 *
 * <p>The only class that touches Gatling's Scala interior, which is no stable interface: checked against {@value
 * #VERSION}. Gatling's own entry points are gone around, for they ask a public server for newer releases and end the JVM.
 */
final class GatlingRun {

    /** The version of Gatling that this class was written against. */
    static final String VERSION = "3.15.1";

    private final Vitals vitals;

    GatlingRun(Vitals vitals) {
        this.vitals = vitals;
    }

    /** Runs until every user has left the pool. */
    void run(UserPool pool, int users) {
        var plan = new PoolSimulation.Plan(users, waiting(pool));
        run(PoolSimulation.class, ScopedValue.where(PoolSimulation.PLAN, plan));
    }

    /**
     * Runs a simulation to its end.
     *
     * @param scope in which it is made: Gatling makes it, so it takes no arguments
     */
    void run(Class<? extends Simulation> simulation, ScopedValue.Carrier scope) {
        GatlingConfiguration configuration = GatlingConfiguration$.MODULE$.load();
        // One a core: a second one would only take turns with it, for an event loop never waits for anything but
        // events.
        EventLoopGroup loops = Transports.newEventLoopGroup(
                configuration.netty().useNativeTransport(),
                false,
                Runtime.getRuntime().availableProcessors(),
                "load");
        vitals.watch(loops);
        try (ActorSystem actors = new ActorSystem()) {
            // Gatling's own language reads the configuration from there.
            Predef$.MODULE$._configuration_$eq(configuration);
            GatlingArgs arguments = GatlingArgs.apply(
                    Option.apply(simulation.getName()),
                    Option.empty(),
                    true,
                    Option.empty(),
                    Option.empty(),
                    Option.empty(),
                    Option.empty());
            Runner runner = Runner.apply(actors, loops, arguments, configuration);
            var loaded = scope.call(() -> runner.load(Selection.apply(arguments)));
            runner.start(loaded._1(), loaded._3(), loaded._4()).get();
        } finally {
            loops.shutdownGracefully(0, configuration.core().shutdownTimeout(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
        }
    }

    /** What a user of somebody's own simulation does to ask a model. */
    static ActionBuilder asking(Llm.Asking asking) {
        io.gatling.core.action.builder.ActionBuilder scala = new io.gatling.core.action.builder.ActionBuilder() {
            @Override
            public Action build(ScenarioContext context, Action next) {
                return new Step(session -> asking.ask(
                        new io.gatling.javaapi.core.Session(session), new GatlingUser(session, http(context), next)));
            }
        };
        return () -> scala;
    }

    private static ActionBuilder waiting(UserPool pool) {
        io.gatling.core.action.builder.ActionBuilder scala = new io.gatling.core.action.builder.ActionBuilder() {
            @Override
            public Action build(ScenarioContext context, Action next) {
                return new Step(session -> pool.park(new GatlingUser(session, http(context), next)));
            }
        };
        return () -> scala;
    }

    private static HttpEngine http(ScenarioContext context) {
        HttpComponents components =
                context.protocolComponentsRegistry().components(HttpProtocol$.MODULE$.HttpProtocolKey());
        return components.httpEngine();
    }

    /** Hands each user that comes by over; whoever has it hands it on. */
    private static final class Step implements Action {

        private final Consumer<Session> taken;
        private Logger logger = Logger.apply(LoggerFactory.getLogger(Step.class));

        Step(Consumer<Session> taken) {
            this.taken = taken;
        }

        @Override
        public String name() {
            return "airworthy";
        }

        @Override
        public void execute(Session session) {
            taken.accept(session);
        }

        @Override
        public Logger logger() {
            return logger;
        }

        @Override
        public void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger value) {
            logger = value;
        }
    }

    private record GatlingUser(Session session, HttpEngine http, Action next) implements User {

        @Override
        public EventLoop eventLoop() {
            return session.eventLoop();
        }

        @Override
        public void send(Request request, HttpListener listener) {
            http.executeRequest(request, session.userId(), true, session.eventLoop(), listener, Option.empty());
        }

        @Override
        public void free() {
            next.$bang(session);
        }

        @Override
        public void leave() {
            next.$bang(session.set(PoolSimulation.LEAVING, true));
        }
    }
}
