package airworthy.probes.discovery;

import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds who serves models and the way in to them, by asking.
 *
 * @param connection to the cluster
 * @param objects its objects
 * @param ways to its Services
 * @param questions how to ask
 */
record ModelDiscovery(KubernetesConnection connection, ClusterObjects objects, Ways ways, ApiQuestions questions) {
    /** Pods that are asked at a time. */
    private static final int AT_A_TIME = 8;

    /** The first candidate that wants a key, or lists models, at {@code /v1/models}. */
    Reading<Findings.Gateway> gateway() throws InterruptedException {
        Optional<String> hidden = objects.unreadable(Listed.SERVICES);
        if (hidden.isPresent()) {
            return new Reading.Unreadable<>(hidden.get());
        }
        List<String> silent = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (GatewaySearch.Door door : new GatewaySearch(objects, ways).doors()) {
            switch (questions.models(door.way().to("/v1"))) {
                case ApiQuestions.Models.Listed(List<String> names) -> {
                    return new Reading.Present<>(gateway(door, "lists " + names + " to those who have no key"));
                }
                case ApiQuestions.Models.KeyWanted(int status) -> {
                    return new Reading.Present<>(gateway(door, "refuses without a key (" + status + ")"));
                }
                case ApiQuestions.Models.Silent(String why) -> silent.add(why);
                case ApiQuestions.Models.Other(String what) -> others.add(what);
            }
        }
        String looked = "Gateways before an InferencePool, and " + ServiceSearch.GATEWAY.told()
                + ", that answer GET /v1/models";
        if (silent.isEmpty()) {
            return new Reading.Absent<>(
                    looked + (others.isEmpty() ? "" : " (found " + String.join("; ", others) + ")"));
        }
        return new Reading.Unreadable<>(String.join("; ", silent));
    }

    private static Findings.Gateway gateway(GatewaySearch.Door door, String answer) {
        return new Findings.Gateway(
                door.way().direct()
                        ? Told.seen(door.way().to("/v1"))
                        : Told.guessed(
                                URI.create(door.inside() + "/v1"),
                                "it answered through the API server only, and load does not go that way; put an address"
                                        + " that the machine which sends the load reaches"),
                door.namespace(),
                door.told() + ", met by " + door.way().by() + ", " + answer);
    }

    /** What each candidate answered. */
    private sealed interface Asked {
        record Serves(Findings.Served served) implements Asked {}

        record Nothing(ServingSearch.Candidate candidate, String why, boolean clear) implements Asked {}
    }

    /** The workloads whose pods answer as model servers do. */
    Reading<Findings.Inference> inference() throws InterruptedException {
        Optional<String> hidden = objects.unreadable(Listed.PODS);
        if (hidden.isPresent()) {
            return new Reading.Unreadable<>(hidden.get());
        }
        List<ServingSearch.Candidate> candidates = new ServingSearch(objects).candidates();
        List<Findings.Served> served = new ArrayList<>();
        SortedMap<String, String> silent = new TreeMap<>();
        List<String> unclear = new ArrayList<>();
        for (Asked asked : askAll(candidates)) {
            switch (asked) {
                case Asked.Serves(Findings.Served each) -> served.add(each);
                case Asked.Nothing(ServingSearch.Candidate candidate, String why, boolean clear) -> {
                    if (candidate.accelerated()) {
                        silent.put(candidate.ref().toString(), why);
                    }
                    if (!clear) {
                        unclear.add(candidate.ref() + ": " + why);
                    }
                }
            }
        }
        if (!served.isEmpty()) {
            return new Reading.Present<>(new Findings.Inference(served, silent));
        }
        return unclear.isEmpty()
                ? new Reading.Absent<>("pods that hold accelerators or are scraped, and answer GET /v1/models, among "
                        + objects.all(Listed.PODS).size() + " pods")
                : new Reading.Unreadable<>(String.join("; ", unclear));
    }

    private List<Asked> askAll(List<ServingSearch.Candidate> candidates) throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<Future<Asked>> answers = new ArrayList<>();
            candidates.forEach(candidate -> answers.add(threads.submit(() -> ask(candidate))));
            try {
                List<Asked> all = new ArrayList<>();
                for (Future<Asked> answer : answers) {
                    all.add(answer.get());
                }
                return all;
            } catch (ExecutionException e) {
                throw new IllegalStateException("asking a model server ended with an error of our own", e.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private Asked ask(ServingSearch.Candidate candidate) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        boolean clear = true;
        for (int port : candidate.ports()) {
            URI root = connection.podAddress(candidate.ref().namespace(), ClusterObjects.name(candidate.pod()), port);
            switch (questions.models(root.resolve("v1"))) {
                case ApiQuestions.Models.Listed(List<String> names) -> {
                    return new Asked.Serves(served(candidate, port, names));
                }
                case ApiQuestions.Models.KeyWanted(int status) -> {
                    List<String> told = questions.modelsOfMetrics(root);
                    if (!told.isEmpty()) {
                        return new Asked.Serves(served(candidate, port, told));
                    }
                    failures.add("port " + port + " wants a key (" + status + ")");
                }
                case ApiQuestions.Models.Silent(String why) -> {
                    failures.add(why);
                    clear = false;
                }
                case ApiQuestions.Models.Other(String what) -> {
                    List<String> told = questions.modelsOfMetrics(root);
                    if (!told.isEmpty()) {
                        return new Asked.Serves(served(candidate, port, told));
                    }
                    failures.add(what);
                }
            }
        }
        return new Asked.Nothing(candidate, String.join("; ", failures), clear);
    }

    private Findings.Served served(ServingSearch.Candidate candidate, int port, List<String> models)
            throws InterruptedException {
        Told<String> model = models.size() == 1
                ? Told.seen(models.getFirst())
                : Told.guessed(models.getFirst(), "the first of those that it lists: " + models);
        boolean mock = ClusterObjects.images(candidate.pod()).stream()
                .anyMatch(image -> image.contains("airworthy/mock-inference"));
        return new Findings.Served(candidate.ref(), port, model, ownUrl(candidate.pod()), mock);
    }

    /** By its own Service, for where there is no gateway. */
    private Told<URI> ownUrl(JsonNode pod) throws InterruptedException {
        Set<String> silent = new HashSet<>();
        for (JsonNode service : objects.all(Listed.SERVICES)) {
            JsonNode selector = service.at("/spec/selector");
            boolean behind = !selector.isEmpty()
                    && ClusterObjects.namespace(service).equals(ClusterObjects.namespace(pod))
                    && ClusterObjects.matches(selector, pod);
            if (behind) {
                JsonNode port = service.at("/spec/ports/0");
                for (Way way : ways.direct(service, port)) {
                    if (questions.models(way.to("/v1")) instanceof ApiQuestions.Models.Listed) {
                        return Told.seen(way.to("/v1"));
                    }
                }
                silent.add(Ways.insideUrl(service, port) + "/v1");
            }
        }
        String inside = silent.stream().sorted().findFirst().orElse("http://put-an-address-here/v1");
        return Told.guessed(
                URI.create(inside), "nothing answered there from this machine; put an address that the load reaches");
    }
}
