package airworthy.cli;

import airworthy.assembly.HarnessVersion;
import picocli.CommandLine.IVersionProvider;

/** Tells which build this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"airworthy " + HarnessVersion.current()};
    }
}
