package airworthy.load.gatling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The load JVM: {@code LoadMain <log file> <users>}. Commands come on standard input, notices go to standard output. */
public final class LoadMain {

    private static final int BAD_INPUT = 2;

    private LoadMain() {}

    /**
     * Runs until told to finish, or until standard input closes.
     *
     * @param args the log file, which must not exist, and how many requests can be in flight at once
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 2) {
            System.err.println("found %d arguments, expected: <log file> <users>".formatted(args.length));
            System.exit(BAD_INPUT);
        }
        PrintStream notices = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // Gatling prints; what it says is no notice.
        System.setOut(System.err);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (GatlingEngine engine = GatlingEngine.start(Path.of(args[0]), Integer.parseInt(args[1]));
                Conversation conversation = new Conversation(engine, notices::println)) {
            WarmUp.run(engine);
            conversation.ready(Integer.parseInt(args[1]));
            String line = commands.readLine();
            while (line != null && conversation.obey(line)) {
                line = commands.readLine();
            }
        }
        // Gatling's threads may still be waiting for what was in flight; nobody waits for them.
        System.exit(0);
    }
}
