package dev.prescale.scaling;

import java.util.function.DoubleFunction;

/** What one rule says in one cycle. */
sealed interface Opinion {
    String rule();

    /** The same for outside readers. */
    Proposal proposal();

    /** The rule wants this many replicas; the message says why, with numbers and units. */
    record Wants(String rule, int replicas, ReasonCode code, String message) implements Opinion {
        @Override
        public Proposal proposal() {
            return Proposal.of(rule, replicas, message);
        }

        Reason reasonFrom(int currentReplicas) {
            return new Reason(code, rule, currentReplicas, replicas, message);
        }
    }

    /** The rule counts and has nothing to go by; it does not agree to scale-in. */
    record Missing(String rule, ReasonCode cause, String message) implements Opinion {
        @Override
        public Proposal proposal() {
            return Proposal.abstained(rule, cause.wireName(), message);
        }
    }

    /** The rule does not count in this state; others decide without it. */
    record Abstains(String rule, String reason) implements Opinion {
        @Override
        public Proposal proposal() {
            return Proposal.abstained(rule, reason, null);
        }
    }

    /** The opinion on a reading: what {@code whenKnown} makes of it, or {@link Missing} with the cause. */
    static Opinion on(String rule, RateReading reading, DoubleFunction<Opinion> whenKnown) {
        return switch (reading) {
            case RateReading.Known known -> whenKnown.apply(known.value());
            case RateReading.NoData none -> {
                String reason = none.reason() == null ? "" : ": " + none.reason();
                yield new Missing(rule, ReasonCode.NO_DATA, "no data for " + rule + reason);
            }
            case RateReading.Stale stale ->
                new Missing(
                        rule,
                        ReasonCode.STALE_DATA,
                        "the newest data for %s are %s old".formatted(rule, Wording.duration(stale.age())));
            case RateReading.Failed failed ->
                new Missing(
                        rule, ReasonCode.HISTORY_FAILED, "%s could not be read: %s".formatted(rule, failed.reason()));
        };
    }
}
