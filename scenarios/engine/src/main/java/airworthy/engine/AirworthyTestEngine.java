package airworthy.engine;

import airworthy.assembly.Assembly;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.config.PrefixedConfigurationParameters;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;
import org.junit.platform.engine.support.hierarchical.ParallelHierarchicalTestExecutorServiceFactory;

/**
 * The engine {@code airworthy}. One execution is one assessment of one platform.
 *
 * <p>Configuration parameters, all optional: {@value Settings#PLATFORM} (a profile),
 * {@value Settings#TARGET} ({@code simulated}, the default, or {@code k3s}: what is started where no profile is named),
 * {@code airworthy.home} (the installation), {@value Settings#RUNS}, {@value Settings#SEED},
 * {@value Settings#TIME_SCALE}, {@value Settings#PLATFORM_CONFIG}, {@value Settings#PARALLEL}.
 */
public final class AirworthyTestEngine extends HierarchicalTestEngine<Flight> {
    /** The engine's id, also the first segment of every unique id. */
    public static final String ID = "airworthy";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        AssessmentDescriptor root = new AssessmentDescriptor(uniqueId);
        DiscoveryIssueReporter issues = DiscoveryIssueReporter.forwarding(request.getDiscoveryListener(), uniqueId);
        EngineDiscoveryRequestResolver.<AssessmentDescriptor>builder()
                .addSelectorResolver(context -> new ScenarioSelectors(context.getEngineDescriptor(), issues))
                .build()
                .resolve(request, root, issues);
        return root;
    }

    @Override
    protected Flight createExecutionContext(ExecutionRequest request) {
        AssessmentDescriptor root = (AssessmentDescriptor) request.getRootTestDescriptor();
        if (root.getChildren().isEmpty()) {
            return Flight.none();
        }
        Settings settings = new Settings(request.getConfigurationParameters());
        PhaseReports reports = new PhaseReports(root, request.getEngineExecutionListener());
        return Flight.planned(() -> Flight.of(
                Assembly.open(settings.order(root.suite()), reports), request.getCancellationToken(), reports));
    }

    /** Worker threads, not ForkJoin, which exceeds its bound while scenarios block. */
    @Override
    protected HierarchicalTestExecutorService createExecutorService(ExecutionRequest request) {
        return ParallelHierarchicalTestExecutorServiceFactory.create(
                ParallelHierarchicalTestExecutorServiceFactory.ParallelExecutorServiceType.WORKER_THREAD_POOL,
                Settings.parallelism(
                        new PrefixedConfigurationParameters(request.getConfigurationParameters(), Settings.PARALLEL)));
    }
}
