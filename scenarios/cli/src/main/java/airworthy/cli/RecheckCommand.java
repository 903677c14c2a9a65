package airworthy.cli;

import airworthy.format.journal.JournalDamagedException;
import airworthy.model.Scorecard;
import airworthy.reports.render.terminal.TerminalCard;
import airworthy.reports.render.terminal.TerminalStyle;
import airworthy.runner.Outputs;
import airworthy.runner.RunFolder;
import airworthy.runner.StoredRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code airworthy recheck}. */
@Command(
        name = "recheck",
        mixinStandardHelpOptions = true,
        description = "Judges a stored run again and writes all its outputs again: the same journal, the same bytes.")
final class RecheckCommand implements Callable<Integer> {
    @Option(names = "--run", required = true, paramLabel = "DIR", description = "the run's folder")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private Path run;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Scorecard card = Outputs.write(StoredRun.read(new RunFolder(run)));
            out.print(new TerminalCard(new TerminalStyle(Terminals.colour())).render(card));
            out.flush();
            return ExitCode.of(card).code();
        } catch (NoSuchFileException e) {
            spec.commandLine()
                    .getErr()
                    .println("recheck: found no " + e.getFile() + ", expected a run's folder with its journal");
            return ExitCode.BAD_INPUT.code();
        } catch (JournalDamagedException e) {
            spec.commandLine().getErr().println("recheck: " + e.getMessage());
            return ExitCode.BAD_INPUT.code();
        }
    }
}
