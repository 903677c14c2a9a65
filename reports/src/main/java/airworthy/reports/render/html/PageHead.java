package airworthy.reports.render.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * How all pages begin: what they are called, and the style sheet that they carry within them.
 *
 * @param style the sheet
 */
record PageHead(String style) {
    private static final String HEAD = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        """;

    /** Reads the style sheet that ships beside this class. */
    static PageHead read() {
        try (InputStream sheet = PageHead.class.getResourceAsStream("card.css")) {
            return new PageHead(new String(
                    Objects.requireNonNull(sheet, "card.css is missing beside PageHead")
                            .readAllBytes(),
                    StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("read card.css beside PageHead", unreadable);
        }
    }

    /** A page as far as the beginning of its body. */
    Markup begin(String title) {
        Markup page = new Markup();
        page.raw(HEAD);
        page.element("title", List.of(), title).line();
        return page.raw("<style>\n" + style + "</style>\n</head>\n<body>\n");
    }
}
