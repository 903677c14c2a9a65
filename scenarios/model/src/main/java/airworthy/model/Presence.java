package airworthy.model;

import java.util.Locale;

/** What a survey found of one part of the platform. */
public enum Presence {
    PRESENT,
    /** Looked for with permissions that suffice to see it, or declared absent. */
    ABSENT,
    /** It could not be read, so nothing is known. */
    UNREADABLE;

    /** The stable name in files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
