package airworthy.assembly;

import airworthy.load.LoadEngine;
import airworthy.load.LoadLog;
import airworthy.load.RequestLogWriter;
import airworthy.load.StreamOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A load engine that is started when somebody needs it: many scenarios send nothing, and its JVM is dear. Thread-safe.
 */
final class LoadOnDemand implements LoadEngine {
    private final Path log;
    private final FutureTask<LoadEngine> starting;
    private boolean wanted;
    private boolean closed;

    /** Starts the engine itself. */
    @FunctionalInterface
    interface Start {
        /**
         * Returns when it is warm.
         *
         * @throws IOException if it does not get so
         */
        LoadEngine start() throws IOException, InterruptedException;
    }

    /**
     * @param log where the engine writes its records
     * @param start called at most once
     */
    LoadOnDemand(Path log, Start start) {
        this.log = log;
        this.starting = new FutureTask<>(start::start);
    }

    /** Starts the engine, if that has not begun, and does not wait for it. */
    synchronized void warmUp() {
        if (!wanted && !closed) {
            wanted = true;
            Thread.ofVirtual().name("load-start").start(starting);
        }
    }

    @Override
    public void start(StreamOrder order) throws IOException, InterruptedException {
        warmUp();
        engine().start(order);
    }

    @Override
    public long sent(String stream) throws IOException, InterruptedException {
        return running(stream).sent(stream);
    }

    @Override
    public void stop(String stream) throws IOException, InterruptedException {
        running(stream).stop(stream);
    }

    /** An engine that was never wanted has an empty log. */
    @Override
    public LoadLog finish() throws IOException, InterruptedException {
        if (begun()) {
            return engine().finish();
        }
        try (RequestLogWriter none = new RequestLogWriter(log)) {
            return none.finish();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (!wanted) {
                return;
            }
        }
        started().ifPresent(LoadEngine::close);
    }

    private LoadEngine running(String stream) throws IOException, InterruptedException {
        if (!begun()) {
            throw new IOException("no stream " + stream + " is running: none was ever started");
        }
        return engine();
    }

    private synchronized boolean begun() {
        return wanted;
    }

    private LoadEngine engine() throws IOException, InterruptedException {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("the load engine did not start", e.getCause());
        }
    }

    /** Waits for a start that is under way: it is bounded, and what it starts must be ended. */
    private Optional<LoadEngine> started() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return Optional.of(starting.get());
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return Optional.empty(); // whoever needed it was told
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
