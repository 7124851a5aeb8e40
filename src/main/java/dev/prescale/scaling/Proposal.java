package dev.prescale.scaling;

import org.jspecify.annotations.Nullable;

/**
 * What one rule asked for.
 *
 * @param replicas null where the rule abstained
 * @param reason why it abstained, null where it did not
 * @param message the same in a sentence with numbers and units; null where there is none
 */
public record Proposal(
        String rule,
        @Nullable Integer replicas,
        @Nullable String reason,
        @Nullable String message) {
    public static Proposal of(String rule, int replicas, String message) {
        return new Proposal(rule, replicas, null, message);
    }

    /** @param message null where the reason says it all */
    public static Proposal abstained(String rule, String reason, @Nullable String message) {
        return new Proposal(rule, null, reason, message);
    }
}
