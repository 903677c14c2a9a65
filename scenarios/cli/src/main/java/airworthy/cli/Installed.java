package airworthy.cli;

import airworthy.assembly.Installation;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Finds the installation for commands that start a program of it. */
final class Installed {
    private Installed() {}

    /** The installation; where there is none, what is missing was told and this is empty. */
    static Optional<Installation> find(CommandSpec spec) {
        Optional<Installation> installation = Installation.named();
        Optional<String> problem = installation.isPresent()
                ? installation.get().problem()
                : Optional.of("found no installation; start by the project's launcher");
        problem.ifPresent(what -> spec.commandLine().getErr().println(spec.name() + ": " + what));
        return problem.isPresent() ? Optional.empty() : installation;
    }
}
