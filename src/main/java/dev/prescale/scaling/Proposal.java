package dev.prescale.scaling;

import org.jspecify.annotations.Nullable;

/**
 * What one rule asked for.
 *
 * @param replicas null where the rule abstained
 * @param reason why it abstained, null where it did not
 */
public record Proposal(
        String rule, @Nullable Integer replicas, @Nullable String reason) {
    public static Proposal of(String rule, int replicas) {
        return new Proposal(rule, replicas, null);
    }

    public static Proposal abstained(String rule, String reason) {
        return new Proposal(rule, null, reason);
    }
}
