package airworthy.load.pods;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How a Job's workers stand. */
sealed interface Standing {

    /** All of them run, by index. */
    record AllRun(List<Worker> workers) implements Standing {
        public AllRun {
            workers = List.copyOf(workers);
        }
    }

    /** Not yet. */
    record NotYet(String words) implements Standing {}

    /** Never, however long one waits. */
    record Hopeless(String why) implements Standing {}

    /**
     * Of a Job's pods.
     *
     * @param wanted how many there should be
     * @param pods those there are
     * @param warnings what the cluster says of the Job itself, newest last: why pods are not even made
     */
    static Standing of(int wanted, List<WorkerPod> pods, List<String> warnings) {
        List<Worker> running = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (WorkerPod pod : pods) {
            switch (pod.state()) {
                case WorkerPod.State.Running(Worker worker) -> running.add(worker);
                case WorkerPod.State.Waiting(String words) -> waiting.add(words);
                case WorkerPod.State.Stuck(String words) -> {
                    return new Hopeless(words);
                }
                case WorkerPod.State.Ended(String how) -> {
                    return new Hopeless("the worker " + how + " before it was told to begin");
                }
            }
        }
        if (running.size() == wanted) {
            running.sort(Comparator.comparingInt(Worker::index));
            return new AllRun(running);
        }
        if (pods.size() < wanted && !warnings.isEmpty()) {
            waiting.add("pods are not made: " + warnings.getLast());
        }
        return new NotYet("%d of %d run%s"
                .formatted(
                        running.size(),
                        wanted,
                        waiting.stream()
                                .distinct()
                                .sorted()
                                .map(words -> "; " + words)
                                .collect(Collectors.joining())));
    }
}
