package airworthy.mocks.monitoring;

/** A configuration file that cannot be accepted. The message begins with file, line and column. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with a message for people. */
    public ConfigException(String message) {
        super(message);
    }
}
