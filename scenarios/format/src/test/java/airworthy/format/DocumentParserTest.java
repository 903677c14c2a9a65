package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentParserTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "\uFEFF"})
    void anEmptyFileIsTold(String text) {
        assertThat(problems(text))
                .containsExactly("f.yaml:1:1: found an empty file, expected one document in the file");
    }

    @Test
    void aTabInTheIndentationIsCalledByItsName() {
        assertThat(problems("a:\n\tb: 1\n"))
                .containsExactly("f.yaml:2:1: found a tab in the indentation, expected spaces: YAML does not allow tabs"
                        + " there");
    }

    @Test
    void aSecondDocumentIsToldWhereItBegins() {
        assertThat(problems("a: 1\n---\nb: 2\n"))
                .containsExactly("f.yaml:3:1: found a further document, expected one document in the file");
    }

    @Test
    void aKeyThatComesTwiceIsToldWhereItComesAgain() {
        assertThat(problems("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n"))
                .containsExactly(
                        "f.yaml:4:3: b.c: found the key \"c\" a second time, expected each key once",
                        "f.yaml:5:1: a: found the key \"a\" a second time, expected each key once");
    }

    @Test
    void anAliasIsRefused() {
        assertThat(problems("a: &x 1\nb: *x\n"))
                .containsExactly("f.yaml:2:4: b: found an alias, expected the value itself: aliases are not supported");
    }

    @Test
    void brokenSyntaxIsToldWithoutShowingTheLine() {
        assertThat(problems("key: my-secret-value: 2\n"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:1:")
                .contains("text that cannot be parsed")
                .doesNotContain("my-secret-value");
    }

    @Test
    void jsonIsReadWithItsPositionsToo() {
        Read<Document> read = DocumentParser.parse("f.json", "{\n  \"a\": [1, {\"b\": true}]\n}");
        Document document = ((Read.Ok<Document>) read).value();
        var pointer = JsonPointer.compile("/a/1/b");
        assertThat(document.root().at(pointer).booleanValue()).isTrue();
        assertThat(document.keyAt(pointer)).isEqualTo(new Position(2, 13));
        assertThat(Document.path(pointer)).isEqualTo("a[1].b");
    }

    private static List<String> problems(String text) {
        return DocumentParser.parse("f.yaml", text).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
