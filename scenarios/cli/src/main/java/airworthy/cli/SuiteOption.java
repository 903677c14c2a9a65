package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import airworthy.assembly.Catalogue;
import airworthy.format.Problem;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import airworthy.format.SuiteFiles;
import airworthy.format.SuiteReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The suite that a command's argument names: a path, or the one that ships. */
final class SuiteOption {
    private SuiteOption() {}

    static SuiteFiles read(@Nullable Path path) throws CannotAssessException {
        SuiteReader reader = new SuiteReader(new SchemaCheck());
        Read<SuiteFiles> read = path == null
                ? reader.readClassPath(SuiteOption.class.getClassLoader(), Catalogue.V1)
                : reader.read(path);
        return switch (read) {
            case Read.Ok<SuiteFiles>(SuiteFiles files) -> files;
            case Read.Bad<SuiteFiles>(List<Problem> problems) ->
                throw new CannotAssessException(
                        problems.stream().map(Problem::toString).toList());
        };
    }
}
