package airworthy.format;

import java.util.List;

/** What every file begins with. Of a file of another kind or version, nothing else is worth saying. */
final class Header {
    static final String API_VERSION = "airworthy/v1";

    private Header() {}

    /** Goes on with a document if it is of one of these kinds. */
    static Read<Document> expect(Document document, List<String> kinds) {
        Complaints complaints = new Complaints(List.of());
        Cursor root = Cursor.over(document, complaints);
        if (root.isMapping()) {
            root.find("apiVersion").ifPresent(version -> version.mustBe(List.of(API_VERSION)));
            root.find("kind").ifPresent(kind -> kind.mustBe(kinds));
        }
        return Read.unless(complaints.all(), () -> document);
    }
}
