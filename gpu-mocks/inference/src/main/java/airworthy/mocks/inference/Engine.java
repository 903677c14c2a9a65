package airworthy.mocks.inference;

import airworthy.mocks.inference.Arena.Block;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Generates answers: admission in order of arrival, tokens on time, figures from what happened. */
final class Engine {

    private final ModelServerSettings settings;
    private final Levers levers;
    private final EngineMetrics metrics;
    private final Workspaces workspaces;
    private final Semaphore slots;
    private final DecodingStep step;

    Engine(ModelServerSettings settings, Levers levers, EngineMetrics metrics, Workspaces workspaces) {
        this.settings = settings;
        this.levers = levers;
        this.metrics = metrics;
        this.workspaces = workspaces;
        this.step = new DecodingStep(settings.stepRounds());
        this.slots = new Semaphore(settings.maxNumSeqs(), true);
    }

    /**
     * Answers one request on the calling thread.
     *
     * @throws OutOfMemory when there is no room for it; nothing has been sent then
     * @throws IOException when the client has gone; the request is counted as aborted
     */
    void generate(CompletionRequest request, AnswerSink sink) throws OutOfMemory, IOException, InterruptedException {
        long arrived = System.nanoTime();
        metrics.waiting.incrementAndGet();
        try {
            slots.acquire();
        } finally {
            metrics.waiting.decrementAndGet();
        }
        long admitted = System.nanoTime();
        metrics.queued.observe(admitted - arrived);
        metrics.running.incrementAndGet();
        Finish why = Finish.ABORT;
        try {
            Block workspace = workspaces.take();
            try {
                run(request, sink, arrived, admitted);
            } finally {
                workspaces.giveBack(workspace);
            }
            why = request.lengthAsked() ? Finish.LENGTH : Finish.STOP;
        } catch (OutOfMemory e) {
            why = Finish.ERROR;
            throw e;
        } finally {
            metrics.finished(why);
            metrics.running.decrementAndGet();
            slots.release();
        }
    }

    private void run(CompletionRequest request, AnswerSink sink, long arrived, long admitted)
            throws IOException, InterruptedException {
        Usage usage = new Usage(Answers.count(request.prompt()), request.length());
        List<String> tokens = Answers.tokens(settings.model(), request.prompt(), request.length());
        TokenPace pace = new TokenPace(settings.timing(), levers, admitted);
        long held = usage.promptTokens();
        metrics.cachedTokens.addAndGet(held);
        try {
            sink.admitted();
            long first = 0;
            long last = 0;
            for (String token : tokens) {
                pace.awaitNext();
                step.take();
                long now = System.nanoTime();
                if (last == 0) {
                    first = now;
                    metrics.promptTokens.addAndGet(usage.promptTokens());
                    metrics.firstToken.observe(now - arrived);
                } else {
                    metrics.interToken.observe(now - last);
                }
                last = now;
                held++;
                metrics.cachedTokens.incrementAndGet();
                metrics.generationTokens.incrementAndGet();
                sink.token(token);
            }
            sink.finished(request.lengthAsked() ? Finish.LENGTH : Finish.STOP, usage);
            if (tokens.size() > 1) {
                metrics.perOutputToken.observe((last - first) / (tokens.size() - 1));
            }
            metrics.endToEnd.observe(last - arrived);
        } finally {
            metrics.cachedTokens.addAndGet(-held);
        }
    }
}
