package airworthy.cli;

import airworthy.assembly.Assembly;
import airworthy.assembly.CannotAssessException;
import airworthy.assembly.PutBack;
import airworthy.model.UndoState;
import airworthy.runner.Healer;
import airworthy.runner.Recovery;
import airworthy.runner.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code airworthy recover}. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description = {
            "Puts back what an interrupted run left changed. Needs the platform and either the run's journal or, where",
            "that is lost, the copy of its undo list that the cluster keeps.",
            "Doing it twice is the same as once."
        })
final class RecoverCommand implements Callable<Integer> {
    @Option(names = "--run", paramLabel = "DIR", description = "one run's folder; all below --runs if not given")
    private @Nullable Path run;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "where runs are kept (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli gives it its default
    private Path runs;

    @Option(
            names = "--platform",
            paramLabel = "FILE",
            description = "recover from what the cluster of this profile keeps, without any journal")
    private @Nullable Path platform;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean restored = true;
        try {
            if (platform != null) {
                return fromCluster(out, platform);
            }
            for (RunFolder folder : run == null ? RunFolder.below(runs) : List.of(new RunFolder(run))) {
                Recovery.Recovered recovered = Assembly.recover(folder);
                for (Healer.Healed healed : recovered.healed()) {
                    out.println(healed.restoration().state() + "  "
                            + healed.step().undo().describe() + "\n    " + Healer.tell(healed.restoration()));
                }
                out.println(folder.path() + ": "
                        + (recovered.healed().isEmpty()
                                ? "nothing to put back"
                                : recovered.restored() ? "restored" : "NOT RESTORED"));
                restored &= recovered.restored();
            }
        } catch (NoSuchFileException e) {
            spec.commandLine()
                    .getErr()
                    .println("recover: found no " + e.getFile() + ", expected a run's folder with its journal");
            return ExitCode.BAD_INPUT.code();
        } catch (CannotAssessException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT.code();
        }
        out.flush();
        return restored ? ExitCode.READY.code() : ExitCode.NOT_RESTORED.code();
    }

    private static int fromCluster(PrintWriter out, Path platform) throws CannotAssessException, InterruptedException {
        List<PutBack> all = Assembly.recover(platform);
        all.forEach(each -> out.println(each.restoration().state() + "  "
                + each.undo().describe() + "\n    " + Healer.tell(each.restoration())));
        boolean restored = all.stream().allMatch(each -> each.restoration().state() == UndoState.RESTORED);
        out.println(all.isEmpty() ? "nothing to put back" : restored ? "restored" : "NOT RESTORED");
        out.flush();
        return restored ? ExitCode.READY.code() : ExitCode.NOT_RESTORED.code();
    }
}
