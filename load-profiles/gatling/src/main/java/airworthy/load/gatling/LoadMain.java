package airworthy.load.gatling;

import airworthy.load.Command;
import airworthy.load.Notice;
import airworthy.load.RequestNotices;
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
import java.util.function.Consumer;

/**
 * The load JVM: {@code LoadMain <log file> <users>}. Commands come on standard input, notices go to standard output. With
 * {@code -} in place of a log file it waits for {@link Command.Begin}, and records go to standard output too: it runs where
 * the harness has no disk, and who wants to hear it has to attach first.
 */
public final class LoadMain {

    private static final int BROKEN = 1;
    private static final int BAD_INPUT = 2;

    private LoadMain() {}

    /**
     * Runs until told to finish, or until standard input closes. Ends the JVM, whatever Gatling's threads still wait for.
     *
     * @param args the log file, which must not exist, or {@code -}, and how many requests can be in flight at once
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length != 2 || !args[1].matches("[1-9]\\d{0,5}")) {
            System.err.println("load: found %s, expected: <log file or -> <users>".formatted(List.of(args)));
            return BAD_INPUT;
        }
        try {
            serve(args[0], Integer.parseInt(args[1]));
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

    private static void serve(String log, int users) throws IOException, InterruptedException {
        PrintStream notices = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Gatling prints; what it says is no notice.
        System.setOut(System.err);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Wire wire = new Wire();
        if (log.equals(RequestNotices.NO_FILE.toString())) {
            if (toldToBegin(wire, commands)) {
                sendRecords(users, wire, commands, notices);
            }
        } else {
            try (GatlingEngine engine = GatlingEngine.start(Path.of(log), users)) {
                WarmUp.run(engine, wire);
                converse(engine, users, wire, commands, notices);
            }
        }
    }

    /** Whether anybody wants load at all. */
    private static boolean toldToBegin(Wire wire, BufferedReader commands) throws IOException {
        String line = commands.readLine();
        if (line != null && !(wire.command(line) instanceof Command.Begin)) {
            throw new IOException("found another command first, expected to be told to begin");
        }
        return line != null;
    }

    private static void sendRecords(int users, Wire wire, BufferedReader commands, PrintStream notices)
            throws IOException, InterruptedException {
        Consumer<Notice> send = notice -> notices.println(wire.line(notice));
        try (GatlingEngine engine = GatlingEngine.start(Recorder.to(new RequestNotices(send)), users)) {
            try (Recorder unheard = Recorder.to(new RequestNotices(wire::line))) {
                WarmUp.run(engine, wire, unheard);
            }
            converse(engine, users, wire, commands, notices);
        }
    }

    private static void converse(
            GatlingEngine engine, int users, Wire wire, BufferedReader commands, PrintStream notices)
            throws IOException, InterruptedException {
        try (Conversation conversation = new Conversation(engine, wire, notices::println)) {
            conversation.ready(users);
            String line = commands.readLine();
            while (line != null && conversation.obey(line)) {
                line = commands.readLine();
            }
        }
    }
}
