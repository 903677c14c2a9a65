package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import airworthy.assembly.DiscoveredProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code airworthy discover}. */
@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a platform's profile from a live cluster; only reads.",
            "Guesses are marked \"# guessed: why\" on their lines. What was looked for and not found stands as a"
                    + " comment."
        })
final class DiscoverCommand implements Callable<Integer> {
    @Option(names = "--kubeconfig", required = true, paramLabel = "FILE", description = "how the cluster is reached")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "in the kubeconfig; its current one if not given")
    private @Nullable String context;

    @Option(
            names = "--out",
            defaultValue = "platform.yaml",
            paramLabel = "FILE",
            description = "where to write (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets the default
    private Path out;

    @Option(names = "--force", description = "overwrite what is there")
    private boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!force && Files.exists(out)) {
            return refuse();
        }
        DiscoveredProfile found;
        try {
            found = DiscoveredProfile.of(kubeconfig, Optional.ofNullable(context), out);
        } catch (CannotAssessException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT.code();
        }
        try {
            Files.writeString(out, found.text(), options());
        } catch (FileAlreadyExistsException _) { // somebody else wrote it meanwhile
            return refuse();
        } catch (IOException e) {
            spec.commandLine().getErr().println("discover: " + out + " cannot be written: " + e);
            return ExitCode.BAD_INPUT.code();
        }
        tell(found);
        return ExitCode.READY.code();
    }

    private OpenOption[] options() {
        return force
                ? new OpenOption[] {
                    StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
                }
                : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    }

    private int refuse() {
        spec.commandLine()
                .getErr()
                .println("discover: " + out + " exists and may have been edited; name another with --out, or --force");
        return ExitCode.BAD_INPUT.code();
    }

    private void tell(DiscoveredProfile found) {
        PrintWriter terminal = spec.commandLine().getOut();
        found.summary().forEach(terminal::println);
        if (!found.snippet().isEmpty()) {
            terminal.println();
            terminal.println(
                    "No receiver of Alertmanager was seen to tell the harness. For notifications to be received and"
                            + " not only routed, add:");
            found.snippet().forEach(terminal::println);
        }
        terminal.println();
        terminal.println("wrote " + out + ". Look at each line marked \"guessed\", then:");
        terminal.println("  airworthy plan --platform " + out);
        terminal.flush();
    }
}
