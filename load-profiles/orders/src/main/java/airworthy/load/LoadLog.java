package airworthy.load;

import java.nio.file.Path;

/**
 * The finished log of all requests, one {@link airworthy.model.RequestRecord} a line.
 *
 * @param file where it is; {@link RequestNotices#NO_FILE} of one that was sent and not written
 * @param sha256 of its bytes, in hex; the journal keeps it
 * @param records lines in it
 */
public record LoadLog(Path file, String sha256, long records) {}
