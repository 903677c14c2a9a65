package airworthy.mocks.promql;

import airworthy.mocks.promql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an expression into tokens. Comments run from # to the end of the line. */
final class Lexer {
    private static final Pattern BLANK = Pattern.compile("(?:\\s|#[^\\n]*)+");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern DURATION = Pattern.compile("(?:[0-9]+(?:ms|[smhdwy]))+(?![a-zA-Z0-9_])");
    private static final Pattern NUMBER =
            Pattern.compile("0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern SYMBOL = Pattern.compile("==|!=|=~|!~|<=|>=|[-+*/%^<>=(){}\\[\\],@:]");

    private final String text;
    private final Matcher matcher;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
        this.matcher = BLANK.matcher(text);
    }

    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        lexer.run();
        return List.copyOf(lexer.tokens);
    }

    private void run() {
        while (true) {
            if (lookingAt(BLANK)) {
                at = matcher.end();
            }
            if (at == text.length()) {
                tokens.add(new Token(Kind.END, "", at));
                return;
            }
            char first = text.charAt(at);
            if (first == '"' || first == '\'' || first == '`') {
                string(first);
            } else if (!(take(DURATION, Kind.DURATION)
                    || take(NUMBER, Kind.NUMBER)
                    || takeIdentifier()
                    || take(SYMBOL, Kind.SYMBOL))) {
                throw PromqlException.unreadable(text, at, "unexpected character: '" + first + "'");
            }
        }
    }

    /** A colon starts a name only outside brackets, where it would be a subquery's separator. */
    private boolean takeIdentifier() {
        boolean afterRange = !tokens.isEmpty() && tokens.getLast().kind() == Kind.DURATION;
        return !(afterRange && text.charAt(at) == ':') && take(IDENTIFIER, Kind.IDENTIFIER);
    }

    private boolean take(Pattern pattern, Kind kind) {
        if (!lookingAt(pattern)) {
            return false;
        }
        tokens.add(new Token(kind, matcher.group(), at));
        at = matcher.end();
        return true;
    }

    private boolean lookingAt(Pattern pattern) {
        return matcher.usePattern(pattern).region(at, text.length()).lookingAt();
    }

    private void string(char quote) {
        StringBuilder content = new StringBuilder();
        int start = at++;
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && quote != '`' && at < text.length()) {
                content.append(escaped(text.charAt(at++)));
            } else {
                content.append(c);
            }
        }
        if (at == text.length()) {
            throw PromqlException.unreadable(text, start, "unterminated quoted string");
        }
        at++;
        tokens.add(new Token(Kind.STRING, content.toString(), start));
    }

    private char escaped(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\', '"', '\'' -> letter;
            default ->
                throw PromqlException.unreadable(
                        text, at - 2, "unknown escape sequence '\\" + letter + "'; known: \\n \\t \\r \\\\ \\\" \\'");
        };
    }
}
