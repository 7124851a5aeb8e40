package dev.prescale.accuracy;

import dev.prescale.forecast.Forecast;
import java.time.Instant;

/**
 * What the health gate says of a forecast, and on what grounds.
 *
 * @param since when the state last changed
 * @param loss rolling mean pinball loss (req/s) of the issued lead-time demand, NaN where not known
 * @param bestBaseline name of the baseline with the least loss, empty where not known
 * @param baselineLoss its loss on the same minutes, NaN where not known
 */
public record GateStatus(State state, Instant since, double loss, String bestBaseline, double baselineLoss) {
    /** Whether the forecast sizes replicas. */
    public enum State {
        TRUSTED("Trusted"),
        DISTRUSTED("Distrusted");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }

        /** Trusted where a forecast lost no more than the best naive baseline; where nobody can tell it is not. */
        public static State of(Forecast.Skill skill) {
            return skill.isKnown() && skill.loss() <= skill.baselineLoss() ? TRUSTED : DISTRUSTED;
        }

        public String wireName() {
            return wireName;
        }
    }

    public static GateStatus unknown(Instant since) {
        return new GateStatus(State.DISTRUSTED, since, Double.NaN, "", Double.NaN);
    }

    public boolean isTrusted() {
        return state == State.TRUSTED;
    }
}
