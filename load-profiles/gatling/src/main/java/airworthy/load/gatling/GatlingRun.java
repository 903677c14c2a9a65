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
import io.gatling.netty.util.Transports;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * One run of Gatling whose users park in a pool.
 *
 * <p>The only class that touches Gatling's Scala interior, which is no stable interface: checked against {@value
 * #VERSION}. Gatling's own entry points are gone around, for they ask a public server for newer releases and end the JVM.
 */
final class GatlingRun {

    /** The version of Gatling that this class was written against. */
    static final String VERSION = "3.15.1";

    private static final int EVENT_LOOPS_BY_CORES = 0;

    private final UserPool pool;
    private final int users;
    private final Vitals vitals;

    GatlingRun(UserPool pool, int users, Vitals vitals) {
        this.pool = pool;
        this.users = users;
        this.vitals = vitals;
    }

    /** Runs until every user has left the pool. */
    void run() {
        GatlingConfiguration configuration = GatlingConfiguration$.MODULE$.load();
        EventLoopGroup loops = Transports.newEventLoopGroup(
                configuration.netty().useNativeTransport(), false, EVENT_LOOPS_BY_CORES, "load");
        vitals.watch(loops);
        try (ActorSystem actors = new ActorSystem()) {
            // Gatling's own language reads the configuration from there.
            Predef$.MODULE$._configuration_$eq(configuration);
            GatlingArgs arguments = GatlingArgs.apply(
                    Option.apply(PoolSimulation.class.getName()),
                    Option.empty(),
                    true,
                    Option.empty(),
                    Option.empty(),
                    Option.empty(),
                    Option.empty());
            Runner runner = Runner.apply(actors, loops, arguments, configuration);
            var plan = new PoolSimulation.Plan(users, waiting());
            var loaded =
                    ScopedValue.where(PoolSimulation.PLAN, plan).call(() -> runner.load(Selection.apply(arguments)));
            runner.start(loaded._1(), loaded._3(), loaded._4()).get();
        } finally {
            loops.shutdownGracefully(0, configuration.core().shutdownTimeout(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
        }
    }

    private ActionBuilder waiting() {
        io.gatling.core.action.builder.ActionBuilder scala = new io.gatling.core.action.builder.ActionBuilder() {
            @Override
            public Action build(ScenarioContext context, Action next) {
                return new Waiting(pool, http(context), next);
            }
        };
        return () -> scala;
    }

    private static HttpEngine http(ScenarioContext context) {
        HttpComponents components =
                context.protocolComponentsRegistry().components(HttpProtocol$.MODULE$.HttpProtocolKey());
        return components.httpEngine();
    }

    /** Parks each user that comes by; what wakes it hands it on to the next round. */
    private static final class Waiting implements Action {

        private final UserPool pool;
        private final HttpEngine http;
        private final Action next;
        private Logger logger = Logger.apply(LoggerFactory.getLogger(Waiting.class));

        Waiting(UserPool pool, HttpEngine http, Action next) {
            this.pool = pool;
            this.http = http;
            this.next = next;
        }

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public void execute(Session session) {
            pool.park(new GatlingUser(session, http, next));
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
