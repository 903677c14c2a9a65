package airworthy.load.gatling;

import airworthy.load.Wire;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The load JVM: {@code LoadMain <log file> <users>}. Commands come on standard input, notices go to standard output. */
public final class LoadMain {

    private static final int BROKEN = 1;
    private static final int BAD_INPUT = 2;

    private LoadMain() {}

    /**
     * Runs until told to finish, or until standard input closes. Ends the JVM, whatever Gatling's threads still wait for.
     *
     * @param args the log file, which must not exist, and how many requests can be in flight at once
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length != 2 || !args[1].matches("[1-9]\\d{0,5}")) {
            System.err.println("load: found %s, expected: <log file> <users>".formatted(List.of(args)));
            return BAD_INPUT;
        }
        try {
            serve(Path.of(args[0]), Integer.parseInt(args[1]));
            return 0;
        } catch (IOException e) {
            System.err.println("load: " + e.getMessage());
            return BROKEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.err.println("load: interrupted");
            return BROKEN;
        }
    }

    private static void serve(Path log, int users) throws IOException, InterruptedException {
        PrintStream notices = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Gatling prints; what it says is no notice.
        System.setOut(System.err);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Wire wire = new Wire();
        try (GatlingEngine engine = GatlingEngine.start(log, users);
                Conversation conversation = new Conversation(engine, wire, notices::println)) {
            WarmUp.run(engine, wire);
            conversation.ready(users);
            String line = commands.readLine();
            while (line != null && conversation.obey(line)) {
                line = commands.readLine();
            }
        }
    }
}
