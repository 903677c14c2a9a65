package airworthy.load.gatling;

import airworthy.load.EngineHealth;
import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** Watches this JVM for what would spoil its own stamps. Safe for any number of threads. */
final class Vitals {
    /** A tick costs an event loop some microseconds: a hundred a second is far below a thousandth of it. */
    private static final Duration TICK = Duration.ofMillis(10);

    private static final int TICKS_FOR_P99 = 1_000;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Histogram loopLags =
            new SynchronizedHistogram(1_000, Duration.ofHours(1).toNanos(), 3);

    private long sinceNs = System.nanoTime();
    private long sinceUptimeMs;
    private long cpuBeforeNs;
    private long gcPauses;
    private long gcTotalNs;
    private long gcMaxNs;

    Vitals() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((notification, _) -> collected(notification), null, null);
            }
        }
    }

    /** Watches event loops from now on until they end. */
    void watch(EventExecutorGroup loops) {
        for (EventExecutor loop : loops) {
            tick(loop, System.nanoTime() + TICK.toNanos());
        }
    }

    /** Each tick is late against the one before it, so that one long stop is one late tick and no train of them. */
    private void tick(EventExecutor loop, long dueNs) {
        var _ = loop.schedule(
                () -> {
                    long nowNs = System.nanoTime();
                    loopLags.recordValue(Math.clamp(nowNs - dueNs, 0, loopLags.getHighestTrackableValue()));
                    if (!loop.isShuttingDown()) {
                        tick(loop, nowNs + TICK.toNanos());
                    }
                },
                dueNs - System.nanoTime(),
                TimeUnit.NANOSECONDS);
    }

    /** Forgets what was before: getting warm is no part of it. */
    synchronized void begin() {
        sinceNs = System.nanoTime();
        sinceUptimeMs = ManagementFactory.getRuntimeMXBean().getUptime();
        cpuBeforeNs = system.getProcessCpuTime();
        loopLags.reset();
        gcPauses = 0;
        gcTotalNs = 0;
        gcMaxNs = 0;
    }

    synchronized EngineHealth health() {
        return new EngineHealth(
                System.nanoTime() - sinceNs,
                system.getProcessCpuTime() - cpuBeforeNs,
                Runtime.getRuntime().availableProcessors(),
                loopLags.getTotalCount() < TICKS_FOR_P99
                        ? OptionalLong.empty()
                        : OptionalLong.of(loopLags.getValueAtPercentile(99)),
                loopLags.getMaxValue(),
                gcPauses,
                gcTotalNs,
                gcMaxNs);
    }

    private synchronized void collected(Notification notification) {
        if (notification.getUserData() instanceof CompositeData data
                && GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(notification.getType())) {
            GcInfo collection = GarbageCollectionNotificationInfo.from(data).getGcInfo();
            // one is told of some moments after it, and the last one before the beginning is ours
            if (collection.getStartTime() >= sinceUptimeMs) {
                long ns = Duration.ofMillis(collection.getDuration()).toNanos();
                gcPauses++;
                gcTotalNs += ns;
                gcMaxNs = Math.max(gcMaxNs, ns);
            }
        }
    }
}
