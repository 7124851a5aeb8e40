package dev.prescale.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the decision until a replica is ready, without the cycle. The parts are medians of their own over the same starts:
 * what is usual, beside a duration that is meant to be long enough. They do not add up to it. Null cannot be told.
 *
 * @param samples starts that {@code duration} comes from; 0 where it was given
 * @param neverReady starts of the last 7 days that took longer than the largest lead time allowed, or never became ready
 * @param scheduling from creation until there was a node
 * @param image from the node until the image was there
 * @param start from the image until ready
 */
public record LeadTime(
        Duration duration,
        Source source,
        int samples,
        int neverReady,
        @Nullable Duration scheduling,
        @Nullable Duration image,
        @Nullable Duration start) {

    /** Where the duration comes from. */
    public enum Source {
        /** {@code predictive.leadTime.initial}: too few starts have been seen. */
        INITIAL("Initial"),
        MEASURED("Measured");

        private final String wireName;

        Source(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /** As it is given. */
    public static LeadTime initial(Duration duration) {
        return new LeadTime(duration, Source.INITIAL, 0, 0, null, null, null);
    }

    /** For people, such as "94 s, the P90 of 23 starts; usually 2 s scheduling, 31 s image, 48 s start". */
    public String sentence() {
        String failed = neverReady == 0
                ? ""
                : "; %d %s not become ready in time"
                        .formatted(neverReady, neverReady == 1 ? "start has" : "starts have");
        if (source == Source.INITIAL) {
            return "%s as given: %s%s"
                    .formatted(seconds(duration), samples == 0 ? "no start seen" : counted() + " seen so far", failed);
        }
        List<String> parts = new ArrayList<>();
        add(parts, scheduling, "scheduling");
        add(parts, image, "image");
        add(parts, start, "start");
        String usual = parts.isEmpty() ? "" : "; usually " + String.join(", ", parts);
        return "%s, the P90 of %s%s%s".formatted(seconds(duration), counted(), usual, failed);
    }

    private String counted() {
        return samples == 1 ? "1 start" : samples + " starts";
    }

    private static void add(List<String> parts, @Nullable Duration part, String name) {
        if (part != null) {
            parts.add(seconds(part) + " " + name);
        }
    }

    private static String seconds(Duration duration) {
        return Math.round(duration.toMillis() / 1000.0) + " s";
    }
}
