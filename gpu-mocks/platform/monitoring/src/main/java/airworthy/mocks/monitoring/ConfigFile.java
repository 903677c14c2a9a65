package airworthy.mocks.monitoring;

/**
 * The text of a configuration file.
 *
 * @param name how messages call the file
 * @param text its content
 */
public record ConfigFile(String name, String text) {}
