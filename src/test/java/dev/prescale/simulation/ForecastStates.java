package dev.prescale.simulation;

import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.RateHistory;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which row of the table of states an endpoint is in, worked out from what is shown of it and apart from the production
 * code: what had been issued for a step is compared with what came.
 */
final class ForecastStates {
    private @Nullable LeadTimeDemand issued;
    private Instant judgedTo = Instant.MIN;
    private Instant missedUntil = Instant.MIN;

    enum State {
        /** The forecast and the present load size replicas. */
        TRUSTED,
        /** Target tracking joins them. */
        MISSED,
        /** Target tracking alone: disabled, unavailable or distrusted. */
        REACTIVE
    }

    void forget() {
        issued = null;
        judgedTo = Instant.MIN;
        missedUntil = Instant.MIN;
    }

    /** Told of every decided cycle, in order. */
    State of(EndpointSnapshot snapshot) {
        Predictive predictive = snapshot.spec().policy().predictive();
        LeadTimeDemand demand = snapshot.leadTimeDemand();
        if (!predictive.enabled() || demand == null) {
            return State.REACTIVE;
        }
        RateSeries history = snapshot.history();
        if (history.end().isAfter(judgedTo)) {
            if (issued != null && isMissed(issued, history, predictive.quantile())) {
                missedUntil = snapshot.at().plus(predictive.surpriseHold());
            }
            issued = demand;
            judgedTo = history.end();
        }
        Duration age = Duration.between(history.end(), snapshot.at());
        Duration usable = snapshot.leadTime()
                .duration()
                .plus(history.step().duration().multipliedBy(RateHistory.STALE_AFTER_STEPS));
        if (age.compareTo(usable) > 0 || !snapshot.gate().isTrusted()) {
            return State.REACTIVE;
        }
        return snapshot.at().isBefore(missedUntil) ? State.MISSED : State.TRUSTED;
    }

    private static boolean isMissed(LeadTimeDemand demand, RateSeries history, double quantile) {
        for (int k = 0; k < history.size(); k++) {
            Instant begin = history.instantAt(k);
            boolean isSpokenOf = !begin.isBefore(demand.origin())
                    && begin.isBefore(demand.origin().plus(demand.window()));
            if (isSpokenOf && history.rateAt(k) > demand.at(quantile)) {
                return true;
            }
        }
        return false;
    }
}
