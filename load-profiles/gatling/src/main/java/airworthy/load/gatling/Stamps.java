package airworthy.load.gatling;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The stamps of one request, in monotonic nanoseconds. For one thread. */
final class Stamps {

    private static final int FIRST_CAPACITY = 64;

    private OptionalLong start = OptionalLong.empty();
    private OptionalLong write = OptionalLong.empty();
    private OptionalLong headers = OptionalLong.empty();
    private long[] content = new long[FIRST_CAPACITY];
    private int contents;

    void start(long ns) {
        start = OptionalLong.of(ns);
    }

    void write(long ns) {
        write = OptionalLong.of(ns);
    }

    void headers(long ns) {
        headers = OptionalLong.of(ns);
    }

    void content(long ns) {
        if (contents == content.length) {
            content = Arrays.copyOf(content, contents * 2);
        }
        content[contents++] = ns;
    }

    OptionalLong start() {
        return start;
    }

    OptionalLong write() {
        return write;
    }

    OptionalLong headers() {
        return headers;
    }

    boolean hasContent() {
        return contents > 0;
    }

    List<Long> contents() {
        return Arrays.stream(content, 0, contents).boxed().toList();
    }
}
