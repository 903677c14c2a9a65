package airworthy.reports.render.html;

import java.util.List;
import java.util.function.Consumer;

/** Writes HTML. Text and attribute values are escaped here and nowhere else, so that none can be forgotten. */
final class Markup {
    private final StringBuilder page = new StringBuilder();

    /** Text that is markup already: constants and resources of this program only. */
    Markup raw(String markup) {
        page.append(markup);
        return this;
    }

    Markup text(String text) {
        page.append(escaped(text));
        return this;
    }

    /**
     * Writes an element.
     *
     * @param tag its name
     * @param attributes names and values in turn
     * @param content writes what is in it
     */
    Markup element(String tag, List<String> attributes, Consumer<Markup> content) {
        page.append('<').append(tag);
        for (int i = 0; i < attributes.size(); i += 2) {
            page.append(' ')
                    .append(attributes.get(i))
                    .append("=\"")
                    .append(escaped(attributes.get(i + 1)))
                    .append('"');
        }
        page.append('>');
        content.accept(this);
        page.append("</").append(tag).append('>');
        return this;
    }

    Markup element(String tag, List<String> attributes, String text) {
        return element(tag, attributes, inside -> inside.text(text));
    }

    Markup line() {
        page.append('\n');
        return this;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
