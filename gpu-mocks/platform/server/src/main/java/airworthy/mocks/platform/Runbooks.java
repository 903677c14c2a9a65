package airworthy.mocks.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pages that alerts point to: {@code /token-latency} is the file {@code token-latency.md}. */
record Runbooks(Path folder) implements TextServer.Texts {

    static final String CONTENT_TYPE = "text/markdown; charset=utf-8";

    private static final Pattern PAGE = Pattern.compile("/([a-z0-9-]+)");

    @Override
    public Optional<String> at(String path) throws IOException {
        Path page = folder.resolve(path.substring(1) + ".md");
        return PAGE.matcher(path).matches() && Files.isRegularFile(page)
                ? Optional.of(Files.readString(page))
                : Optional.empty();
    }
}
