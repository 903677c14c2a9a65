/*
 * A mock of an OpenAI-compatible server. It streams tokens on an exact schedule and remembers, in nanoseconds of CLOCK_MONOTONIC,
 * when each was due and when it was sent: the truth that the figures of a load client are held against.
 *
 * One thread, so that one core is enough and no lock delays a send. Whatever an answer does, faults included, is data: a script of
 * steps made before the first request, so that sending is the same few instructions for all of them. The log stays in memory until
 * the server ends, because writing a file would delay sends.
 *
 * The model that a request names chooses its script: see NAMES. The model "matrix" goes through all of them in turn.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef int64_t ns_t;

#define MS ((ns_t)1000000)

/* Sends, and requests read, before the other of the two gets its turn: bounds how late either makes the other. */
#define TURN 8

#define MOST_REQUEST (16 << 20)
#define ID_ROOM 128

static void die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("server: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

static void *need(void *memory) {
    if (!memory) {
        die("out of memory");
    }
    return memory;
}

static ns_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * (ns_t)1000000000 + time.tv_nsec;
}

/* To whoever started the server. */
static void say_line(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

/* ---- Options ---- */

static struct {
    int port;
    const char *log;
    ns_t first, gap, slow, stall;
    ns_t outage_from, outage_for; /* since the first request */
    int tokens, fault_after;
    bool spin, until_eof;
} options = {
    .port = 8000,
    .first = 200 * MS,
    .gap = 20 * MS,
    .slow = 3000 * MS,
    .stall = 90000 * MS,
    .tokens = 50,
    .fault_after = 10,
};

static const char USAGE[] =
    "usage: server [options]\n"
    "  --port N            on 127.0.0.1; 0 takes a free one (8000)\n"
    "  --first-ms N        from a request to its first token (200)\n"
    "  --gap-ms N          from a token to the next (20)\n"
    "  --tokens N          of an answer (50)\n"
    "  --fault-after N     tokens before a fault in mid-stream (10)\n"
    "  --slow-ms N         before the headers of the model slow-headers (3000)\n"
    "  --stall-ms N        the pause of the model stall (90000)\n"
    "  --outage-from-ms N  since the first request: from then on 503 whatever the model ...\n"
    "  --outage-for-ms N   ... for so long (0: no outage)\n"
    "  --until-eof         end when standard input does, so as not to outlive who started it\n"
    "  --spin              never sleep: sends are late by microseconds, a core is used up\n"
    "  --log FILE          a line of JSON for each request, written when the server ends\n"
    "Says \"listening on 127.0.0.1:PORT\" once it does, \"begun\" at the first request. SIGTERM and SIGINT end it.\n";

/* ---- Text that grows ---- */

struct text {
    char *bytes;
    size_t length, room;
};

static void append(struct text *text, const void *bytes, size_t length) {
    if (text->length + length > text->room) {
        text->room = 2 * (text->length + length) + 256;
        text->bytes = need(realloc(text->bytes, text->room));
    }
    if (length) {
        memcpy(text->bytes + text->length, bytes, length);
    }
    text->length += length;
}

static void say(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *made;
    int length = vasprintf(&made, format, arguments);
    va_end(arguments);
    if (length < 0) {
        die("out of memory");
    }
    append(text, made, (size_t)length);
    free(made);
}

/* ---- Scripts: what is sent when ---- */

enum ending {
    KEEP,  /* the connection waits for its next request */
    CLOSE, /* in good order for TCP, whatever HTTP was promised */
    RESET, /* RST instead of FIN */
    HANG,  /* nothing, ever */
};

struct step {
    ns_t at;       /* since the request arrived */
    char *bytes;   /* after the headers, if it begins the response */
    size_t length;
    bool headers;  /* begins the response: status line and headers first */
    int contents;  /* content events that these bytes complete */
};

struct script {
    const char *name;
    const char *head; /* all headers but the request's id */
    enum ending ending;
    struct step *steps;
    int count;
    int contents;
};

enum name {
    OK,
    CUT,
    TRUNCATED,
    IN_BAND_ERROR,
    HTTP_429,
    HTTP_503,
    SLOW_HEADERS,
    STALL,
    RST,
    NEVER,
    SPLIT_UTF8,
    SPLIT_EVENTS,
    BIG_EVENT,
    NAME_COUNT
};

static const char *const NAMES[NAME_COUNT] = {
    "ok",   "cut", "truncated", "in-band-error", "http-429",     "http-503",  "slow-headers", "stall",
    "rst", "never", "split-utf8", "split-events",  "big-event",
};

static const char MATRIX[] = "matrix";

enum endpoint { CHAT, COMPLETION, ENDPOINT_COUNT };

static struct script scripts[NAME_COUNT][ENDPOINT_COUNT][2]; /* the last: whether usage is wanted */

static const char STREAM_HEAD[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n";

static struct step *add(struct script *script, ns_t at, const struct text *bytes, int contents) {
    script->steps = need(realloc(script->steps, (size_t)(script->count + 1) * sizeof *script->steps));
    struct step *step = &script->steps[script->count++];
    *step = (struct step){.at = at, .length = bytes->length, .contents = contents};
    if (bytes->length) {
        step->bytes = need(malloc(bytes->length));
        memcpy(step->bytes, bytes->bytes, bytes->length);
    }
    script->contents += contents;
    return step;
}

static void begin(struct script *script, ns_t at, const struct text *body) {
    add(script, at, body, 0)->headers = true;
}

static void chunk(struct text *to, const void *bytes, size_t length) {
    say(to, "%zx\r\n", length);
    append(to, bytes, length);
    append(to, "\r\n", 2);
}

/* An event of the stream; an empty finish is none yet. */
static void event(struct text *to, enum endpoint endpoint, const char *model, const char *content, const char *finish) {
    bool chat = endpoint == CHAT;
    const char *quote = *finish ? "\"" : "";
    say(to,
        "data: {\"id\":\"bench\",\"object\":\"%s\",\"created\":1,\"model\":\"%s\",\"choices\":[{\"index\":0,%s\"%s%s,\"finish_reason\":%s%s%s}]}\n\n",
        chat ? "chat.completion.chunk" : "text_completion", model, chat ? "\"delta\":{\"content\":" : "\"text\":", content,
        chat ? "\"}" : "\"", quote, *finish ? finish : "null", quote);
}

static void closing_events(struct text *to, enum endpoint endpoint, const char *model, bool usage) {
    if (usage) {
        say(to,
            "data: {\"id\":\"bench\",\"object\":\"%s\",\"created\":1,\"model\":\"%s\",\"choices\":[],\"usage\":{\"prompt_tokens\":24,\"completion_tokens\":%d,\"total_tokens\":%d}}\n\n",
            endpoint == CHAT ? "chat.completion.chunk" : "text_completion", model, options.tokens, options.tokens + 24);
    }
    say(to, "data: [DONE]\n\n");
}

/* The words of an answer; in one case they are beyond ASCII. */
static void content_of(enum name name, int token, struct text *to) {
    to->length = 0;
    if (name == SPLIT_UTF8) {
        say(to, "\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x99\x82 ");
    } else if (name == BIG_EVENT && token == options.tokens / 2) {
        static char big[1 << 20];
        memset(big, 'x', sizeof big);
        append(to, big, sizeof big);
    } else {
        say(to, "tok%d ", token % 2000); /* words that the tokenizer of the bench knows */
    }
    append(to, "", 1);
}

/* The events of an answer from one token on, as the bytes before HTTP's framing. The last token brings the end with it. */
static void token_events(struct text *to, enum name name, enum endpoint endpoint, bool usage, int token) {
    static struct text content;
    content_of(name, token, &content);
    bool last = token == options.tokens - 1;
    event(to, endpoint, NAMES[name], content.bytes, last ? "stop" : "");
    if (last) {
        closing_events(to, endpoint, NAMES[name], usage);
    }
}

static ns_t due(int token) {
    return options.first + token * options.gap;
}

/* Tokens [from, to), each a chunk and a write of its own, all later by some time. */
static void stream(struct script *script, enum name name, enum endpoint endpoint, bool usage, int from, int to, ns_t later) {
    for (int token = from; token < to; token++) {
        struct text events = {0}, framed = {0};
        token_events(&events, name, endpoint, usage, token);
        chunk(&framed, events.bytes, events.length);
        if (token == options.tokens - 1) {
            say(&framed, "0\r\n\r\n");
        }
        add(script, due(token) + later, &framed, 1);
        free(events.bytes);
        free(framed.bytes);
    }
}

/* Each event comes in two chunks, cut inside a character, far enough apart that no client reads them as one. */
static void stream_split_utf8(struct script *script, enum endpoint endpoint, bool usage) {
    for (int token = 0; token < options.tokens; token++) {
        struct text events = {0}, head = {0}, tail = {0};
        token_events(&events, SPLIT_UTF8, endpoint, usage, token);
        char *character = need(memmem(events.bytes, events.length, "\xc3\xa9", 2));
        size_t cut = (size_t)(character - events.bytes) + (size_t[]){1, 3, 4, 6, 7, 8}[token % 6]; /* in its 2, 3 or 4 bytes */
        chunk(&head, events.bytes, cut);
        chunk(&tail, events.bytes + cut, events.length - cut);
        if (token == options.tokens - 1) {
            say(&tail, "0\r\n\r\n");
        }
        add(script, due(token), &head, 0);
        add(script, due(token) + options.gap / 4, &tail, 1);
        free(events.bytes);
        free(head.bytes);
        free(tail.bytes);
    }
}

/* Content events that end within a part of a stream's bytes. */
static int ends_within(const size_t *ends, int count, size_t from, size_t to) {
    int found = 0;
    for (int i = 0; i < count; i++) {
        found += ends[i] > from && ends[i] <= to;
    }
    return found;
}

/*
 * Neither chunks nor writes know anything of events: the stream is cut into chunks at odd places, the bytes that makes into writes at
 * other odd places, in the middle of "data:", of "\n\n" and of a chunk's length.
 */
static void stream_split_events(struct script *script, enum endpoint endpoint, bool usage) {
    static const size_t CHUNKS[] = {3, 190, 1, 411, 77, 2, 333}, WRITES[] = {5, 301, 2, 97, 513, 1, 211};
    struct text events = {0}, framed = {0};
    size_t *ends = need(calloc((size_t)options.tokens, sizeof *ends)); /* where the bytes of an event end, first bare, then framed */
    for (int token = 0; token < options.tokens; token++) {
        struct text one = {0};
        token_events(&one, SPLIT_EVENTS, endpoint, usage, token);
        char *end = need(memmem(one.bytes, one.length, "\n\n", 2));
        ends[token] = events.length + (size_t)(end - one.bytes) + 2;
        append(&events, one.bytes, one.length);
        free(one.bytes);
    }
    int token = 0;
    for (size_t from = 0, i = 0; from < events.length; i++) {
        size_t length = CHUNKS[i % (sizeof CHUNKS / sizeof *CHUNKS)];
        length = from + length > events.length ? events.length - from : length;
        chunk(&framed, events.bytes + from, length);
        from += length;
        for (; token < options.tokens && ends[token] <= from; token++) {
            ends[token] = framed.length - 2 - (from - ends[token]); /* 2: the line's end after a chunk */
        }
    }
    say(&framed, "0\r\n\r\n");
    for (size_t from = 0, i = 0; from < framed.length; i++) {
        size_t length = WRITES[i % (sizeof WRITES / sizeof *WRITES)];
        length = from + length > framed.length ? framed.length - from : length;
        struct text piece = {.bytes = framed.bytes + from, .length = length};
        add(script, options.first + (ns_t)i * options.gap / 2, &piece, ends_within(ends, options.tokens, from, from + length));
        from += length;
    }
    free(ends);
    free(events.bytes);
    free(framed.bytes);
}

/* An end of the stream in good order for HTTP, after events that need not be one for the API. */
static void end_chunks(struct script *script, ns_t at, const struct text *events) {
    struct text framed = {0};
    if (events->length) {
        chunk(&framed, events->bytes, events->length);
    }
    say(&framed, "0\r\n\r\n");
    add(script, at, &framed, 0);
    free(framed.bytes);
}

static void refuse(struct script *script, const char *status, const char *more, const char *code) {
    struct text head = {0}, body = {0};
    say(&body, "{\"error\":{\"message\":\"this is what was asked for\",\"type\":\"bench\",\"code\":%s}}", code);
    say(&head, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s", status, body.length, more);
    append(&head, "", 1);
    script->head = head.bytes;
    begin(script, 0, &body);
    free(body.bytes);
}

static void make(enum name name, enum endpoint endpoint, bool usage) {
    struct script *script = &scripts[name][endpoint][usage];
    *script = (struct script){.name = NAMES[name], .head = STREAM_HEAD, .ending = KEEP};
    const struct text nothing = {0};
    int fault = options.fault_after;
    struct text events = {0};
    switch (name) {
    case OK:
    case BIG_EVENT:
        begin(script, 0, &nothing);
        stream(script, name, endpoint, usage, 0, options.tokens, 0);
        break;
    case CUT:
    case RST:
        begin(script, 0, &nothing);
        stream(script, name, endpoint, usage, 0, fault, 0);
        add(script, due(fault), &nothing, 0);
        script->ending = name == CUT ? CLOSE : RESET;
        break;
    case TRUNCATED:
        begin(script, 0, &nothing);
        stream(script, name, endpoint, usage, 0, fault, 0);
        end_chunks(script, due(fault), &nothing);
        break;
    case IN_BAND_ERROR:
        begin(script, 0, &nothing);
        stream(script, name, endpoint, usage, 0, fault, 0);
        say(&events, "data: {\"error\":{\"message\":\"engine died\",\"type\":\"InternalServerError\",\"code\":500}}\n\ndata: [DONE]\n\n");
        end_chunks(script, due(fault), &events);
        break;
    case HTTP_429:
        refuse(script, "429 Too Many Requests", "Retry-After: 1\r\n", "429");
        break;
    case HTTP_503:
        refuse(script, "503 Service Unavailable", "", "503");
        break;
    case SLOW_HEADERS:
        begin(script, options.slow, &nothing);
        stream(script, name, endpoint, usage, 0, options.tokens, options.slow);
        break;
    case STALL:
        begin(script, 0, &nothing);
        stream(script, name, endpoint, usage, 0, fault, 0);
        stream(script, name, endpoint, usage, fault, options.tokens, options.stall);
        break;
    case NEVER:
        script->ending = HANG;
        break;
    case SPLIT_UTF8:
        begin(script, 0, &nothing);
        stream_split_utf8(script, endpoint, usage);
        break;
    case SPLIT_EVENTS:
        begin(script, 0, &nothing);
        stream_split_events(script, endpoint, usage);
        break;
    case NAME_COUNT:
        break;
    }
    free(events.bytes);
}

static void make_scripts(void) {
    for (int name = 0; name < NAME_COUNT; name++) {
        for (int endpoint = 0; endpoint < ENDPOINT_COUNT; endpoint++) {
            make((enum name)name, (enum endpoint)endpoint, false);
            make((enum name)name, (enum endpoint)endpoint, true);
        }
    }
}

/* ---- What is remembered of a request ---- */

enum how { OPEN, DONE, CLIENT_CLOSED };

static const char *const HOW[] = {"open", "done", "client-closed"};

struct request {
    struct request *next;
    const struct script *script;
    const char *id;
    uint32_t body_crc; /* with its length the name of a request of a client that logs what it sent, and no id */
    size_t body_length;
    int connection;
    enum endpoint endpoint;
    enum how how;
    ns_t arrival, end;
    int contents;
    ns_t *sent; /* of each content event */
};

static struct request *first_request, **next_request = &first_request;

/* Never given back; a page is taken from the system when it is first touched, which is cheaper than any allocation. */
static void *keep(size_t length) {
    static char *room;
    static size_t used;
    const size_t most = (size_t)16 << 30;
    if (!room) {
        room = mmap(NULL, most, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (room == MAP_FAILED) {
            die("found no address space for the log: %s", strerror(errno));
        }
    }
    length = (length + 15) & ~(size_t)15;
    if (used + length > most) {
        die("the log is full");
    }
    void *kept = room + used;
    used += length;
    return kept;
}

static void write_list(FILE *log, const char *name, const struct request *request, bool sent) {
    fprintf(log, ",\"%s\":[", name);
    int written = 0;
    for (int i = 0; i < request->script->count && written < request->contents; i++) {
        for (int k = 0; k < request->script->steps[i].contents; k++, written++) {
            ns_t at = sent ? request->sent[written] - request->arrival : request->script->steps[i].at;
            fprintf(log, "%s%" PRId64, written ? "," : "", at);
        }
    }
    fputc(']', log);
}

static void write_log(FILE *log) {
    for (const struct request *request = first_request; request; request = request->next) {
        fprintf(log, "{\"id\":\"%s\",\"case\":\"%s\",\"endpoint\":\"%s\",\"connection\":%d,\"bodyCrc\":%" PRIu32 ",\"bodyLength\":%zu", request->id,
                request->script->name, request->endpoint == CHAT ? "chat" : "completion", request->connection, request->body_crc,
                request->body_length);
        fprintf(log, ",\"arrivalNs\":%" PRId64, request->arrival);
        write_list(log, "due", request, false);
        write_list(log, "sent", request, true);
        if (request->how != OPEN) {
            fprintf(log, ",\"end\":%" PRId64, request->end - request->arrival);
        }
        fprintf(log, ",\"how\":\"%s\"}\n", HOW[request->how]);
    }
}

/* ---- Connections ---- */

struct connection {
    int fd, number;
    int place; /* in the heap, or -1 */
    struct request *request;
    int step;
    struct text in;
    struct text out; /* what the socket did not take yet */
    size_t out_from;
    bool closing; /* once out is empty */
};

static int poller;

static void watch(struct connection *connection, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = connection};
    if (epoll_ctl(poller, operation, connection->fd, &event) != 0) {
        die("epoll: %s", strerror(errno));
    }
}

/* The heap of what is due, earliest first. Four children a node: half the depth, and they share a cache line. */
static struct {
    struct due {
        ns_t at;
        struct connection *connection;
    } *at;
    int count, room;
} heap;

static void put(int place, struct due entry) {
    heap.at[place] = entry;
    entry.connection->place = place;
}

static void sift(int place, struct due entry) {
    for (; place > 0 && heap.at[(place - 1) / 4].at > entry.at; place = (place - 1) / 4) {
        put(place, heap.at[(place - 1) / 4]);
    }
    for (;;) {
        int best = -1;
        ns_t least = entry.at;
        for (int child = 4 * place + 1; child <= 4 * place + 4 && child < heap.count; child++) {
            if (heap.at[child].at < least) {
                least = heap.at[child].at;
                best = child;
            }
        }
        if (best < 0) {
            break;
        }
        put(place, heap.at[best]);
        place = best;
    }
    put(place, entry);
}

static void schedule(struct connection *connection, ns_t at) {
    if (connection->place < 0) {
        if (heap.count == heap.room) {
            heap.room = 2 * heap.room + 1024;
            heap.at = need(realloc(heap.at, (size_t)heap.room * sizeof *heap.at));
        }
        connection->place = heap.count++;
    }
    sift(connection->place, (struct due){at, connection});
}

static void unschedule(struct connection *connection) {
    int place = connection->place;
    if (place < 0) {
        return;
    }
    connection->place = -1;
    struct due last = heap.at[--heap.count];
    if (place < heap.count) {
        sift(place, last);
    }
}

static void finish(struct connection *connection, enum how how) {
    unschedule(connection);
    if (connection->request) {
        connection->request->how = how;
        connection->request->end = now_ns();
        connection->request = NULL;
    }
}

static void drop(struct connection *connection, bool reset) {
    finish(connection, CLIENT_CLOSED);
    if (reset) {
        struct linger now = {.l_onoff = 1, .l_linger = 0};
        setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    close(connection->fd);
    free(connection->in.bytes);
    free(connection->out.bytes);
    free(connection);
}

/* Sends, or keeps what the socket does not take. Returns false if the client is gone. */
static bool send_bytes(struct connection *connection, const char *bytes, size_t length) {
    size_t taken = 0;
    if (connection->out.length == 0) {
        ssize_t result = send(connection->fd, bytes, length, MSG_NOSIGNAL);
        if (result < 0 && errno != EAGAIN && errno != EINTR) {
            return false;
        }
        taken = result < 0 ? 0 : (size_t)result;
        if (taken == length) {
            return true;
        }
        watch(connection, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    }
    append(&connection->out, bytes + taken, length - taken);
    return true;
}

/* Sends what was kept. Returns false if the connection is gone now. */
static bool flush(struct connection *connection) {
    struct text *out = &connection->out;
    ssize_t result = send(connection->fd, out->bytes + connection->out_from, out->length - connection->out_from, MSG_NOSIGNAL);
    if (result < 0 && (errno == EAGAIN || errno == EINTR)) {
        return true;
    }
    if (result < 0) {
        drop(connection, false);
        return false;
    }
    connection->out_from += (size_t)result;
    if (connection->out_from == out->length) {
        connection->out_from = out->length = 0;
        watch(connection, EPOLL_CTL_MOD, EPOLLIN);
        if (connection->closing) {
            drop(connection, false);
            return false;
        }
    }
    return true;
}

static bool send_step(struct connection *connection, const struct step *step) {
    if (!step->headers) {
        return send_bytes(connection, step->bytes, step->length);
    }
    char head[1024];
    int length = snprintf(head, sizeof head, "%sx-request-id: %s\r\n\r\n%.*s", connection->request->script->head,
                          connection->request->id, (int)step->length, step->length ? step->bytes : "");
    return send_bytes(connection, head, (size_t)length);
}

static bool take_request(struct connection *connection);

/* The script of a request is over. Returns false if the connection is gone now. */
static bool end_script(struct connection *connection) {
    enum ending ending = connection->request->script->ending;
    finish(connection, DONE);
    switch (ending) {
    case KEEP:
    case HANG:
        return take_request(connection);
    case RESET:
        drop(connection, true);
        return false;
    case CLOSE:
        connection->closing = connection->out.length > 0;
        if (!connection->closing) {
            drop(connection, false);
        }
        return connection->closing;
    }
    return false;
}

/* Does the step that is due, and arranges for the next. */
static void advance(struct connection *connection) {
    struct request *request = connection->request;
    const struct script *script = request->script;
    const struct step *step = &script->steps[connection->step++];
    ns_t now = now_ns();
    for (int i = 0; i < step->contents; i++) {
        request->sent[request->contents++] = now;
    }
    if ((step->headers || step->length) && !send_step(connection, step)) {
        drop(connection, false);
    } else if (connection->step < script->count) {
        schedule(connection, request->arrival + script->steps[connection->step].at);
    } else {
        end_script(connection);
    }
}

/* ---- Requests ---- */

static int request_count;

/* A header's value within a request's head, or NULL; length says how long it is. */
static const char *header(const char *head, size_t room, const char *name, size_t *length) {
    size_t name_length = strlen(name);
    const char *end = head + room;
    for (const char *line = memchr(head, '\n', room); line && ++line < end; line = memchr(line, '\n', (size_t)(end - line))) {
        if ((size_t)(end - line) > name_length && strncasecmp(line, name, name_length) == 0 && line[name_length] == ':') {
            const char *value = line + name_length + 1;
            while (value < end && *value == ' ') {
                value++;
            }
            const char *stop = value;
            while (stop < end && *stop != '\r' && *stop != '\n') {
                stop++;
            }
            *length = (size_t)(stop - value);
            return value;
        }
    }
    return NULL;
}

/*
 * Whether a body has a key, and where its value begins. The key is looked for with its quotes and colon: within a text, as in a prompt
 * that speaks of JSON, a quote has a backslash before it, so that only a real key matches.
 */
static const char *value_of(const char *body, size_t length, const char *quoted_key) {
    const char *found = memmem(body, length, quoted_key, strlen(quoted_key));
    const char *end = body + length;
    if (!found) {
        return NULL;
    }
    found += strlen(quoted_key);
    while (found < end && (*found == ' ' || *found == ':')) {
        found++;
    }
    return found < end ? found : NULL;
}

static bool is_true(const char *body, size_t length, const char *quoted_key) {
    const char *value = value_of(body, length, quoted_key);
    return value && (size_t)(body + length - value) >= 4 && memcmp(value, "true", 4) == 0;
}

/* The CRC-32 of zlib. */
static uint32_t crc_of(const char *bytes, size_t length) {
    static uint32_t table[256];
    static bool made;
    for (uint32_t i = 0; !made && i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++) {
            value = value & 1 ? 0xedb88320U ^ (value >> 1) : value >> 1;
        }
        table[i] = value;
    }
    made = true;
    uint32_t crc = ~0U;
    for (size_t i = 0; i < length; i++) {
        crc = table[(crc ^ (unsigned char)bytes[i]) & 0xff] ^ (crc >> 8);
    }
    return ~crc;
}

/* Which script a request asks for, or NAME_COUNT if there is none of that name. */
static enum name asked_for(const char *body, size_t length) {
    static unsigned turn;
    const char *model = value_of(body, length, "\"model\"");
    if (!model || *model != '"') {
        return NAME_COUNT;
    }
    model++;
    const char *end = memchr(model, '"', (size_t)(body + length - model));
    size_t model_length = end ? (size_t)(end - model) : 0;
    if (model_length == strlen(MATRIX) && memcmp(model, MATRIX, model_length) == 0) {
        return (enum name)(turn++ % NAME_COUNT);
    }
    for (int name = 0; name < NAME_COUNT; name++) {
        if (strlen(NAMES[name]) == model_length && memcmp(NAMES[name], model, model_length) == 0) {
            return (enum name)name;
        }
    }
    return NAME_COUNT;
}

static bool in_outage(ns_t now) {
    ns_t since = now - (first_request ? first_request->arrival : now);
    return options.outage_for && since >= options.outage_from && since < options.outage_from + options.outage_for;
}

/* The client's id where it sent one that is safe to write, else one of ours. */
static const char *id_of(const char *head, size_t length) {
    size_t id_length = 0;
    const char *id = header(head, length, "x-request-id", &id_length);
    bool safe = id && id_length > 0 && id_length < ID_ROOM;
    for (size_t i = 0; safe && i < id_length; i++) {
        safe = isgraph((unsigned char)id[i]) && id[i] != '"' && id[i] != '\\';
    }
    char *kept = keep(safe ? id_length + 1 : 16);
    if (safe) {
        memcpy(kept, id, id_length); /* fresh pages are zero, so it ends */
    } else {
        snprintf(kept, 16, "r%d", request_count);
    }
    return kept;
}

/* A plain answer, sent at once. */
static bool answer(struct connection *connection, const char *status, const char *body) {
    char response[4096];
    int length = snprintf(response, sizeof response,
                          "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", status, strlen(body), body);
    if (!send_bytes(connection, response, (size_t)length)) {
        drop(connection, false);
        return false;
    }
    return true;
}

static bool list_models(struct connection *connection) {
    struct text models = {0};
    for (int name = 0; name < NAME_COUNT; name++) {
        say(&models, "%s{\"id\":\"%s\",\"object\":\"model\"}", name ? "," : "{\"object\":\"list\",\"data\":[", NAMES[name]);
    }
    say(&models, ",{\"id\":\"%s\",\"object\":\"model\"}]}", MATRIX);
    append(&models, "", 1);
    bool there = answer(connection, "200 OK", models.bytes);
    free(models.bytes);
    return there;
}

/* Begins the answer to a request that has wholly arrived. Returns false if the connection is gone now. */
static bool begin_answer(struct connection *connection, enum endpoint endpoint, const char *head, size_t head_length,
                         const char *body, size_t length) {
    ns_t now = now_ns();
    enum name name = asked_for(body, length);
    if (name == NAME_COUNT) {
        return answer(connection, "404 Not Found", "{\"error\":{\"message\":\"no such model; GET /v1/models lists them\"}}");
    }
    if (!is_true(body, length, "\"stream\"")) {
        return answer(connection, "400 Bad Request", "{\"error\":{\"message\":\"this server only streams: set stream to true\"}}");
    }
    name = in_outage(now) ? HTTP_503 : name;
    const struct script *script = &scripts[name][endpoint][is_true(body, length, "\"include_usage\"")];
    struct request *request = keep(sizeof *request);
    *request = (struct request){
        .script = script,
        .id = id_of(head, head_length),
        .body_crc = crc_of(body, length),
        .body_length = length,
        .connection = connection->number,
        .endpoint = endpoint,
        .arrival = now,
        .sent = keep((size_t)script->contents * sizeof(ns_t)),
    };
    if (request_count++ == 0) {
        say_line("begun");
    }
    *next_request = request;
    next_request = &request->next;
    connection->request = request;
    connection->step = 0;
    if (script->count > 0) {
        schedule(connection, now + script->steps[0].at);
    }
    return true;
}

static bool starts(const char *head, size_t length, const char *with) {
    return length >= strlen(with) && memcmp(head, with, strlen(with)) == 0;
}

static bool route(struct connection *connection, const char *head, size_t head_length, const char *body, size_t length) {
    if (starts(head, head_length, "POST /v1/chat/completions ")) {
        return begin_answer(connection, CHAT, head, head_length, body, length);
    }
    if (starts(head, head_length, "POST /v1/completions ")) {
        return begin_answer(connection, COMPLETION, head, head_length, body, length);
    }
    if (starts(head, head_length, "GET /v1/models ")) {
        return list_models(connection);
    }
    if (starts(head, head_length, "GET /health ")) {
        return answer(connection, "200 OK", "{}");
    }
    return answer(connection, "404 Not Found", "{\"error\":{\"message\":\"no such path\"}}");
}

static void consume(struct text *text, size_t length) {
    memmove(text->bytes, text->bytes + length, text->length - length);
    text->length -= length;
}

/* Takes the next request, if it is all there and none is being answered. Returns false if the connection is gone now. */
static bool take_request(struct connection *connection) {
    struct text *in = &connection->in;
    while (!connection->request && !connection->closing && in->length > 0) {
        const char *end = memmem(in->bytes, in->length, "\r\n\r\n", 4);
        if (!end) {
            return true;
        }
        size_t head_length = (size_t)(end - in->bytes) + 4;
        size_t value_length;
        if (header(in->bytes, head_length, "transfer-encoding", &value_length)) {
            connection->closing = true; /* where its body ends is not known: what follows cannot be read */
            bool there = answer(connection, "411 Length Required", "{\"error\":{\"message\":\"send a Content-Length\"}}");
            if (there) {
                shutdown(connection->fd, SHUT_WR);
            }
            return there;
        }
        const char *said = header(in->bytes, head_length, "content-length", &value_length);
        size_t body_length = said ? strtoul(said, NULL, 10) : 0;
        if (in->length < head_length + body_length) {
            return true;
        }
        if (!route(connection, in->bytes, head_length, in->bytes + head_length, body_length)) {
            return false;
        }
        consume(in, head_length + body_length);
    }
    return true;
}

static void read_from(struct connection *connection) {
    char bytes[65536];
    ssize_t result = recv(connection->fd, bytes, sizeof bytes, 0);
    if (result < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (result <= 0 || connection->in.length + (size_t)result > MOST_REQUEST) {
        drop(connection, false);
        return;
    }
    append(&connection->in, bytes, (size_t)result);
    take_request(connection);
}

/* ---- The server ---- */

static volatile sig_atomic_t stopped;

static void stop(int signal) {
    (void)signal;
    stopped = 1;
}

static int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 65535) != 0) {
        die(errno == EADDRINUSE ? "port %d is in use (%s); name another with --port, or 0 for a free one" : "port %d: %s", port,
            strerror(errno));
    }
    socklen_t length = sizeof address;
    getsockname(fd, (struct sockaddr *)&address, &length);
    say_line("listening on 127.0.0.1:%d", ntohs(address.sin_port));
    return fd;
}

static void accept_from(int listener) {
    static int number;
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE) {
            die("too many connections: raise the limit on open files (ulimit -n)");
        }
        return;
    }
    int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct connection *connection = need(calloc(1, sizeof *connection));
    connection->fd = fd;
    connection->number = number++;
    connection->place = -1;
    watch(connection, EPOLL_CTL_ADD, EPOLLIN);
}

static void hear_end_of_input(void) {
    char bytes[256];
    if (read(STDIN_FILENO, bytes, sizeof bytes) <= 0) {
        stopped = 1;
    }
}

/* Until something comes or is due; not at all when spinning. */
static void wait_for_work(ns_t now) {
    if (options.spin) {
        return;
    }
    ns_t left = heap.count ? heap.at[0].at - now : 100 * MS;
    left = left < 0 ? 0 : left > 100 * MS ? 100 * MS : left; /* a signal may come just before the wait */
    struct pollfd fd = {.fd = poller, .events = POLLIN};
    ppoll(&fd, 1, &(struct timespec){.tv_nsec = left}, NULL); /* unlike epoll_wait, to the nanosecond */
}

static void serve(int listener) {
    struct epoll_event events[TURN];
    while (!stopped) {
        for (int turn = 0; turn < TURN && heap.count && heap.at[0].at <= now_ns(); turn++) {
            advance(heap.at[0].connection);
        }
        wait_for_work(now_ns());
        int count = epoll_wait(poller, events, TURN, 0);
        for (int i = 0; i < count; i++) {
            struct connection *connection = events[i].data.ptr;
            if (!connection) {
                accept_from(listener);
            } else if (events[i].data.ptr == &options) {
                hear_end_of_input();
            } else if (!(events[i].events & EPOLLOUT) || flush(connection)) {
                if (events[i].events & ~(uint32_t)EPOLLOUT) {
                    read_from(connection);
                }
            }
        }
    }
}

static long number(const char *name, const char *text, long least, long most) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || *end || end == text || value < least || value > most) {
        die("--%s: found %s, expected a number from %ld to %ld", name, text, least, most);
    }
    return value;
}

static void read_options(int count, char **arguments) {
    static const struct option KNOWN[] = {
        {"port", 1, 0, 'p'},        {"first-ms", 1, 0, 'f'},  {"gap-ms", 1, 0, 'g'},         {"tokens", 1, 0, 't'},
        {"fault-after", 1, 0, 'a'}, {"slow-ms", 1, 0, 'w'},   {"stall-ms", 1, 0, 'S'},       {"outage-from-ms", 1, 0, 'o'},
        {"outage-for-ms", 1, 0, 'O'}, {"spin", 0, 0, 's'},    {"until-eof", 0, 0, 'e'},      {"log", 1, 0, 'l'},
        {"help", 0, 0, 'h'},        {0},
    };
    const long day = 24 * 3600 * 1000;
    int which;
    for (int option; (option = getopt_long(count, arguments, "", KNOWN, &which)) != -1;) {
        switch (option) {
        case 'p': options.port = (int)number("port", optarg, 0, 65535); break;
        case 'f': options.first = number("first-ms", optarg, 0, day) * MS; break;
        case 'g': options.gap = number("gap-ms", optarg, 0, day) * MS; break;
        case 't': options.tokens = (int)number("tokens", optarg, 1, 100000); break;
        case 'a': options.fault_after = (int)number("fault-after", optarg, 0, 100000); break;
        case 'w': options.slow = number("slow-ms", optarg, 0, day) * MS; break;
        case 'S': options.stall = number("stall-ms", optarg, 0, day) * MS; break;
        case 'o': options.outage_from = number("outage-from-ms", optarg, 0, day) * MS; break;
        case 'O': options.outage_for = number("outage-for-ms", optarg, 0, day) * MS; break;
        case 's': options.spin = true; break;
        case 'e': options.until_eof = true; break;
        case 'l': options.log = optarg; break;
        case 'h': fputs(USAGE, stdout); exit(0);
        default: fputs(USAGE, stderr); exit(2);
        }
    }
    if (optind < count) {
        die("found the argument %s, expected options only; --help lists them", arguments[optind]);
    }
    if (options.fault_after >= options.tokens) {
        die("--fault-after: found %d, expected less than the %d tokens of an answer", options.fault_after, options.tokens);
    }
}

/* As many connections as the system allows. */
static void raise_file_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int main(int count, char **arguments) {
    read_options(count, arguments);
    FILE *log = options.log ? fopen(options.log, "w") : NULL; /* now, so that a bad path is told before the run, not after it */
    if (options.log && !log) {
        die("--log: %s: %s", options.log, strerror(errno));
    }
    make_scripts();
    raise_file_limit();
    prctl(PR_SET_TIMERSLACK, 1UL);
    signal(SIGTERM, stop);
    signal(SIGINT, stop);
    poller = epoll_create1(EPOLL_CLOEXEC);
    int listener = listen_on(options.port);
    struct epoll_event connections = {.events = EPOLLIN, .data.ptr = NULL}, input = {.events = EPOLLIN, .data.ptr = &options};
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &connections);
    if (options.until_eof && epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &input) != 0) {
        die("--until-eof: standard input is neither a pipe nor a terminal");
    }
    serve(listener);
    if (log) {
        write_log(log);
        if (ferror(log) | fclose(log)) {
            die("--log: %s: %s", options.log, strerror(errno));
        }
    }
    return 0;
}
