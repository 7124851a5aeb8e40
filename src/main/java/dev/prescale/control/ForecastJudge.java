package dev.prescale.control;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Judges the lead-time demand that was issued once the minutes it spoke of have passed: a minute above it is a
 * <em>missed</em> one, after which target tracking joins for the surprise hold.
 */
final class ForecastJudge {
    private final Predictive predictive;
    private Instant missedUntil = Instant.MIN;
    private Instant judgedTo = Instant.MIN;
    private @Nullable LeadTimeDemand issued;

    ForecastJudge(Predictive predictive) {
        this.predictive = predictive;
    }

    /**
     * Takes in the demand issued for the present, after judging the one before it.
     *
     * @param demand as of the end of the series, null where there is none
     * @param persistence calibrated persistence on the same window, null where there is none
     */
    void observe(
            RateSeries series, @Nullable LeadTimeDemand demand, @Nullable LeadTimeDemand persistence, Instant now) {
        if (!series.end().isAfter(judgedTo)) {
            return;
        }
        LeadTimeDemand before = issued;
        if (before != null && isMissed(before, series)) {
            missedUntil = now.plus(predictive.surpriseHold());
        }
        judgedTo = series.end();
        issued = demand;
    }

    /** Whether a step after the origin, inside the window, was above what had been issued at the sizing quantile. */
    private boolean isMissed(LeadTimeDemand demand, RateSeries series) {
        double most = demand.at(predictive.quantile());
        Instant end = demand.origin().plus(demand.window());
        int first = Math.max(0, series.indexOf(demand.origin()));
        for (int k = first; k < series.size() && series.instantAt(k).isBefore(end); k++) {
            if (!series.isGap(k) && series.rateAt(k) > most) {
                return true;
            }
        }
        return false;
    }

    boolean missed(Instant now) {
        return now.isBefore(missedUntil);
    }

    GateStatus status(Instant now) {
        return issued == null
                ? GateStatus.unknown(now)
                : new GateStatus(GateStatus.State.TRUSTED, now, Double.NaN, "", Double.NaN);
    }
}
