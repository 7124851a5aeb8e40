package dev.prescale.scaling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A situation with what every rule said about it.
 *
 * @param recommended what the rules came to together; the current replicas until they have
 */
record Deliberation(Situation situation, List<Opinion> opinions, int recommended) {
    Deliberation {
        opinions = List.copyOf(opinions);
    }

    Deliberation(Situation situation, List<Opinion> opinions) {
        this(situation, opinions, situation.currentReplicas());
    }

    Deliberation recommending(int replicas) {
        return new Deliberation(situation, opinions, replicas);
    }

    int currentReplicas() {
        return situation.currentReplicas();
    }

    /** The largest number asked for; of equal ones the first. Null where no rule could tell. */
    Opinion.@Nullable Wants largest() {
        Opinion.Wants largest = null;
        for (Opinion opinion : opinions) {
            if (opinion instanceof Opinion.Wants wants && (largest == null || wants.replicas() > largest.replicas())) {
                largest = wants;
            }
        }
        return largest;
    }

    /** Replicas that the lead-time demand needs; 0 where the forecast does not count. */
    int forecastReplicas() {
        for (Opinion opinion : opinions) {
            if (opinion instanceof Opinion.Wants wants && wants.rule().equals(LeadTimeSizing.RULE)) {
                return wants.replicas();
            }
        }
        return 0;
    }
}
