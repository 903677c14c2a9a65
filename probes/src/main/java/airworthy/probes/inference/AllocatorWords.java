package airworthy.probes.inference;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PyTorch's allocator wrote of a failure.
 *
 * @param triedBytes what was asked for
 * @param unallocatedBytes what it had reserved and not given out
 * @param line as it was written
 */
public record AllocatorWords(long triedBytes, long unallocatedBytes, String line) {
    private static final Pattern TRIED = Pattern.compile("Tried to allocate ([0-9.]+) (bytes|[KMGT]iB)");
    private static final Pattern UNALLOCATED =
            Pattern.compile("([0-9.]+) (bytes|[KMGT]iB) is reserved by PyTorch but unallocated");

    /** Whether more was free than was asked for, so that it was free in pieces. */
    public boolean inPieces() {
        return unallocatedBytes >= triedBytes;
    }

    /** The last failure that a text tells of. */
    static Optional<AllocatorWords> last(String text) {
        return text.lines().flatMap(line -> of(line).stream()).reduce((earlier, later) -> later);
    }

    private static Optional<AllocatorWords> of(String line) {
        Matcher tried = TRIED.matcher(line);
        Matcher unallocated = UNALLOCATED.matcher(line);
        return tried.find() && unallocated.find()
                ? Optional.of(new AllocatorWords(bytes(tried), bytes(unallocated), line.strip()))
                : Optional.empty();
    }

    private static long bytes(Matcher size) {
        int power = switch (size.group(2).toUpperCase(Locale.ROOT).charAt(0)) {
            case 'K' -> 1;
            case 'M' -> 2;
            case 'G' -> 3;
            case 'T' -> 4;
            default -> 0;
        };
        return Math.round(Double.parseDouble(size.group(1)) * Math.pow(1024, power));
    }
}
