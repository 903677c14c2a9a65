package airworthy.assembly;

import airworthy.format.Embedding;
import airworthy.format.Problem;
import airworthy.format.ProfileReader;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import airworthy.model.Event;
import airworthy.model.PlatformProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A profile as read, and as the journal keeps it.
 *
 * @param profile what it says
 * @param embedded its very text
 */
record Profiles(PlatformProfile profile, Event.Embedded embedded) {

    /**
     * Reads a profile.
     *
     * @throws CannotAssessException with all that is wrong with it
     */
    static Profiles read(Path path) throws CannotAssessException {
        Read<PlatformProfile> read =
                new ProfileReader(new SchemaCheck(), Path.of(System.getProperty("user.home"))).read(path);
        return switch (read) {
            case Read.Ok<PlatformProfile>(PlatformProfile profile) -> new Profiles(profile, embed(path));
            case Read.Bad<PlatformProfile>(List<Problem> problems) ->
                throw new CannotAssessException(
                        problems.stream().map(Problem::toString).toList());
        };
    }

    private static Event.Embedded embed(Path path) throws CannotAssessException {
        try {
            return Embedding.of(path.toAbsolutePath().toString(), Files.readString(path));
        } catch (IOException e) {
            throw new CannotAssessException(path + ": could be read once, then no more: " + e.getMessage());
        }
    }
}
