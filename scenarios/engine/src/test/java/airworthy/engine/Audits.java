package airworthy.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scenario files of a user's. */
final class Audits {
    private Audits() {}

    /** Writes an audit that can be read. */
    static Path write(Path folder, String id) throws IOException {
        return write(folder, id, "");
    }

    /**
     * Writes an audit.
     *
     * @param more lines at its end
     */
    static Path write(Path folder, String id, String more) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(id + ".yaml"), """
            apiVersion: airworthy/v1
            kind: Audit
            metadata: { id: ID, name: owners, capability: ownership, severity: high, lifecycle: stable }
            title: Every model has one owner
            why: because
            needs: [kubernetes, ownership]
            expect:
              withstand: { oneOwner: true }
            remedy: name one
            """.replace("ID", id) + more);
    }
}
