package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.access.Logins;
import airworthy.mocks.kubernetes.access.User;
import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Patch;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.FieldSelector;
import airworthy.mocks.kubernetes.store.LabelSelector;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The verbs of the API over every kind in the table. */
public final class ResourceApi {
    private static final Duration LONGEST_WATCH = Duration.ofMinutes(30);

    private final ObjectStore store;
    private final Registry registry;
    private final PodLogs logs;
    private final PodEvictions evictions;
    private final Logins logins;
    private final InstantSource clock;
    private final Tables tables;
    private final PodProxy proxy;

    public ResourceApi(
            ObjectStore store,
            Registry registry,
            PodLogs logs,
            PodEvictions evictions,
            Logins logins,
            InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.logs = logs;
        this.evictions = evictions;
        this.logins = logins;
        this.clock = clock;
        this.tables = new Tables(clock);
        this.proxy = new PodProxy(store);
    }

    Answer answer(Request request, ApiPath path) {
        if (path.subresource().isPresent()) {
            return switch (path.subresource().get()) {
                case LOG -> log(request, path);
                case SCALE -> scale(request, path);
                case STATUS -> object(request, path, Part.STATUS);
                case PROXY -> proxy.answer(request, path);
                case EVICTION -> evict(request, path);
                case TOKEN -> token(request, path);
            };
        }
        return path.name().isPresent() ? object(request, path, Part.MAIN) : collection(request, path);
    }

    private Answer collection(Request request, ApiPath path) {
        return switch (request.method()) {
            case "GET" -> request.flag("watch") ? watch(request, path) : list(request, path);
            case "POST" -> create(request, path);
            case "DELETE" -> deleteAll(request, path);
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private Answer object(Request request, ApiPath path, Part part) {
        ObjectKey key = path.key();
        return switch (request.method()) {
            case "GET" -> form(request, path, store.find(key).orElseThrow(() -> ApiFailure.notFound(key)));
            case "PUT" -> form(request, path, registry.update(key, request.object(), part, request.mode()));
            case "PATCH" -> form(request, path, registry.modify(key, part, request.mode(), patch(request)));
            case "DELETE" -> {
                if (part != Part.MAIN) {
                    throw ApiFailure.methodNotAllowed();
                }
                Deletions.Wish wish = Deletions.of(request);
                yield Answer.ok(Deletions.answer(key, registry.delete(key, wish.options(), wish.mode())));
            }
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private static UnaryOperator<ObjectNode> patch(Request request) {
        return Patch.of(request.header("Content-type"), request.json());
    }

    private Answer form(Request request, ApiPath path, ObjectNode object) {
        boolean table = request.method().equals("GET")
                && request.form().filter("Table"::equals).isPresent();
        return Answer.ok(table ? tables.of(path.kind(), List.of(object), "") : object);
    }

    private Answer create(Request request, ApiPath path) {
        if (path.kind().namespaced() && path.namespace().isEmpty()) {
            throw ApiFailure.methodNotAllowed();
        }
        return new Answer.Json(201, registry.create(path.kind(), path.namespace(), request.object(), request.mode()));
    }

    private Answer list(Request request, ApiPath path) {
        ObjectStore.Listing listing = store.listing(path.kind(), path.namespace());
        List<ObjectNode> items =
                listing.items().stream().filter(selected(request, path)).toList();
        String revision = Long.toString(listing.revision());
        if (request.form().filter("Table"::equals).isPresent()) {
            return Answer.ok(tables.of(path.kind(), items, revision));
        }
        ObjectNode list = listOf(path, items);
        list.withObjectProperty("metadata").put("resourceVersion", revision);
        return Answer.ok(list);
    }

    /** The list names the type of its items; they do not. */
    private static ObjectNode listOf(ApiPath path, List<ObjectNode> items) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", path.kind().kind() + "List")
                .put("apiVersion", path.kind().apiVersion());
        list.putObject("metadata");
        ArrayNode array = list.putArray("items");
        items.forEach(item -> array.add(item.deepCopy().without(List.of("apiVersion", "kind"))));
        return list;
    }

    private Answer watch(Request request, ApiPath path) {
        if (request.header("Upgrade").equalsIgnoreCase("websocket")) {
            return new Answer.NoUpgrade();
        }
        String revision = request.parameter("resourceVersion");
        boolean fromNow = !revision.isEmpty() && !revision.equals("0") && !request.flag("sendInitialEvents");
        WatchStream.Start start = new WatchStream.Start(
                fromNow ? Optional.of(request.number("resourceVersion")) : Optional.empty(),
                request.flag("sendInitialEvents"),
                request.flag("allowWatchBookmarks"));
        String timeout = request.parameter("timeoutSeconds");
        Duration atMost = timeout.isEmpty() ? LONGEST_WATCH : Duration.ofSeconds(request.number("timeoutSeconds"));
        boolean table = request.form().filter("Table"::equals).isPresent();
        return new Answer.Watch(new WatchStream(
                store,
                new WatchStream.Scope(path.kind(), path.namespace(), selected(request, path)),
                start,
                atMost,
                object -> table ? tables.of(path.kind(), List.of(object), "") : object));
    }

    private Answer deleteAll(Request request, ApiPath path) {
        Deletions.Wish wish = Deletions.of(request);
        List<ObjectNode> found = store.list(path.kind(), path.namespace()).stream()
                .filter(selected(request, path))
                .toList();
        found.forEach(o -> registry.delete(ObjectKey.of(path.kind(), o), wish.options(), wish.mode()));
        return Answer.ok(listOf(path, found));
    }

    private Answer log(Request request, ApiPath path) {
        if (!request.method().equals("GET")) {
            throw ApiFailure.methodNotAllowed();
        }
        ObjectKey key = path.key();
        if (store.find(key).isEmpty()) {
            throw ApiFailure.notFound(key);
        }
        String text = logs.of(key)
                .orElseThrow(() -> ApiFailure.badRequest(
                        "the container in pod \"" + key.name() + "\" is waiting to start: it has no log yet"));
        String tail = request.parameter("tailLines");
        return Answer.text(tail.isEmpty() ? text : tail(text, request.number("tailLines")));
    }

    private static String tail(String text, long lines) {
        List<String> all = text.lines().toList();
        long skipped = Math.max(0, all.size() - lines);
        return String.join("", all.stream().skip(skipped).map(l -> l + "\n").toList());
    }

    private Answer evict(Request request, ApiPath path) {
        if (!request.method().equals("POST")) {
            throw ApiFailure.methodNotAllowed();
        }
        Deletions.Wish wish = Deletions.ofEviction(request, path.key());
        evictions.evict(path.key(), wish.options(), wish.mode());
        return new Answer.Json(201, Deletions.success().put("code", 201));
    }

    private Answer token(Request request, ApiPath path) {
        if (!request.method().equals("POST")) {
            throw ApiFailure.methodNotAllowed();
        }
        ObjectKey account = path.key();
        if (store.find(account).isEmpty()) {
            throw ApiFailure.notFound(account);
        }
        return new Answer.Json(
                201,
                Tokens.answer(
                        request.object(),
                        account,
                        logins.issue(User.serviceAccount(account.namespace(), account.name())),
                        clock));
    }

    private Answer scale(Request request, ApiPath path) {
        ObjectKey key = path.key();
        UnaryOperator<ObjectNode> change = switch (request.method()) {
            case "GET" -> UnaryOperator.identity();
            case "PUT" -> owner -> Scale.apply(request.object(), owner);
            case "PATCH" -> {
                UnaryOperator<ObjectNode> patch = patch(request);
                yield owner -> Scale.apply(patch.apply(Scale.of(owner)), owner);
            }
            default -> throw ApiFailure.methodNotAllowed();
        };
        return Answer.ok(Scale.of(registry.modify(key, Part.MAIN, request.mode(), change)));
    }

    private static Predicate<JsonNode> selected(Request request, ApiPath path) {
        return LabelSelector.parse(request.parameter("labelSelector"))
                .and(FieldSelector.parse(path.kind(), request.parameter("fieldSelector")));
    }
}
