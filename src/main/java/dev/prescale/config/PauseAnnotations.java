package dev.prescale.config;

import dev.prescale.control.PauseNote;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The annotations by which a specification says that it is paused, by whom, when and why. */
public final class PauseAnnotations {
    public static final String PAUSED = "prescale.dev/paused";
    public static final String PAUSED_SCALE_IN = "prescale.dev/paused-scale-in";
    static final String BY = "prescale.dev/paused-by";
    static final String AT = "prescale.dev/paused-at";
    static final String REASON = "prescale.dev/paused-reason";

    private PauseAnnotations() {}

    /** What a specification says of its pause. It decides nothing, so that none of it is a fault. */
    public static PauseNote note(Map<String, String> annotations) {
        PauseNote note = new PauseNote(annotations.get(BY), instant(annotations.get(AT)), annotations.get(REASON));
        return note.equals(PauseNote.NONE) ? PauseNote.NONE : note;
    }

    /** Annotations that pause; null for one that must not be there. */
    public static Map<String, @Nullable String> pausing(PauseNote note) {
        Map<String, @Nullable String> annotations = new HashMap<>();
        annotations.put(PAUSED, "true");
        annotations.put(BY, note.by());
        annotations.put(AT, note.at() == null ? null : note.at().toString());
        annotations.put(REASON, note.reason());
        return annotations;
    }

    /** Annotations that do not pause. */
    public static Map<String, @Nullable String> resuming() {
        Map<String, @Nullable String> annotations = pausing(PauseNote.NONE);
        annotations.put(PAUSED, null);
        return annotations;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException unknown) {
            return null;
        }
    }
}
