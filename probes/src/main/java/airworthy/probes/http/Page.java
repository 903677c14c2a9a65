package airworthy.probes.http;

import java.util.Optional;

/**
 * An HTTP answer, whatever its status.
 *
 * @param status the HTTP status
 * @param text the body, at most as long as was asked for
 * @param whole whether the body was not longer than that
 * @param location where a redirect points to
 */
public record Page(int status, String text, boolean whole, Optional<String> location) {}
