package airworthy.accelerator.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes as it is written on the command line, for example {@code 64MiB}.
 *
 * @param count how many
 */
record Bytes(long count) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,7})(MiB|GiB)");
    private static final int MIB = 20;
    private static final int GIB = 30;

    static Bytes parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new TypeConversionException("found '" + text + "', expected MiB or GiB, for example 512MiB");
        }
        return new Bytes(Long.parseLong(written.group(1)) << (written.group(2).equals("MiB") ? MIB : GIB));
    }

    /** For people: whole MiB. */
    static String told(long bytes) {
        return (bytes >> MIB) + " MiB";
    }
}
