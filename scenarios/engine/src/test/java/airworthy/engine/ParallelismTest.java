package airworthy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.Node;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Our bound on scenarios at a time, tried on tests that block as scenarios do. */
class ParallelismTest {
    private static final class Nothing implements EngineExecutionContext {}

    /** Blocks until as many as the bound are under way, and counts how many are. */
    private static final class Blocking extends AbstractTestDescriptor implements Node<Nothing> {
        private final CyclicBarrier full;
        private final AtomicInteger underWay;
        private final AtomicInteger most;

        Blocking(UniqueId id, CyclicBarrier full, AtomicInteger underWay, AtomicInteger most) {
            super(id, "blocking");
            this.full = full;
            this.underWay = underWay;
            this.most = most;
        }

        @Override
        public Type getType() {
            return Type.TEST;
        }

        @Override
        public ExecutionMode getExecutionMode() {
            return ExecutionMode.CONCURRENT;
        }

        @Override
        public Nothing execute(Nothing context, DynamicTestExecutor dynamic) throws Exception {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            full.await(20, TimeUnit.SECONDS);
            underWay.decrementAndGet();
            return context;
        }
    }

    /** An engine of blocking tests that runs them as ours runs scenarios. */
    private static final class BlockingEngine extends HierarchicalTestEngine<Nothing> {
        private final int tests;
        private final CyclicBarrier full;
        private final AtomicInteger most = new AtomicInteger();

        BlockingEngine(int tests, int bound) {
            this.tests = tests;
            this.full = new CyclicBarrier(bound);
        }

        @Override
        public String getId() {
            return "blocking";
        }

        @Override
        public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
            EngineDescriptor root = new EngineDescriptor(id, "blocking");
            AtomicInteger underWay = new AtomicInteger();
            for (int i = 0; i < tests; i++) {
                root.addChild(new Blocking(id.append("test", Integer.toString(i)), full, underWay, most));
            }
            return root;
        }

        @Override
        protected Nothing createExecutionContext(ExecutionRequest request) {
            return new Nothing();
        }

        @Override
        protected HierarchicalTestExecutorService createExecutorService(ExecutionRequest request) {
            return new AirworthyTestEngine().createExecutorService(request);
        }
    }

    private static void assertBound(int bound, Map<String, String> parameters) {
        BlockingEngine engine = new BlockingEngine(3 * bound, bound);
        EngineTestKit.engine(engine)
                .selectors(DiscoverySelectors.selectUniqueId("[engine:blocking]"))
                .configurationParameters(parameters)
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(3L * bound));
        assertThat(engine.most).hasValue(bound);
    }

    @Test
    void fourRunAtATimeAndNeverMoreThoughTheyBlock() {
        assertBound(4, Map.of());
    }

    @Test
    void theBoundIsConfigured() {
        assertBound(2, Map.of(Settings.PARALLEL + "threads", "2"));
    }
}
