package airworthy.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests what is dear to make and made once for all of them: a platform that runs, and a run of the ready one. */
final class Shared implements ParameterResolver {
    /** The lock that a test holds while it uses the shared {@link Platform}. */
    static final String PLATFORM = "the shared platform";

    /**
     * The lock that a test holds while it runs load that is timed to the millisecond, and to read while it may make the
     * {@link ReadyRun}. Two such runs on two cores disturb each other, and the judge would say so.
     */
    static final String TIMED = "timed load";

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(Shared.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return List.of(Platform.class, ReadyRun.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(SPACE);
        return parameter.getParameter().getType() == Platform.class
                ? store.computeIfAbsent(SharedPlatform.class, key -> SharedPlatform.start(), SharedPlatform.class)
                        .platform()
                : store.computeIfAbsent(ReadyRun.class, key -> ReadyRun.make(), ReadyRun.class);
    }

    private record SharedPlatform(Path folder, Platform platform) implements AutoCloseable {
        static SharedPlatform start() {
            try {
                Path folder = Files.createTempDirectory("airworthy-shared-");
                return new SharedPlatform(folder, Platform.start(Harness.Priority.BACKGROUND, folder));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            platform.close();
            delete(folder);
        }
    }

    /** Deletes a folder and all in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
