package dev.prescale.control;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.accuracy.HealthGate;
import dev.prescale.accuracy.IssuedDemands;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges the lead-time demand that was issued once what it spoke of has passed: a step above it is a <em>missed</em> one,
 * after which target tracking joins for the surprise hold; its loss beside calibrated persistence decides whether it is
 * trusted at all.
 */
final class ForecastJudge {
    /** A share of fewer outcomes is chance. */
    private static final int FEWEST_OUTCOMES = 200;

    private final Predictive predictive;
    private final IssuedDemands demands;
    private @Nullable HealthGate gate;
    private @Nullable LeadTimeDemand latest;
    private Instant judgedTo = Instant.MIN;
    private Instant missedUntil = Instant.MIN;

    ForecastJudge(Predictive predictive) {
        this.predictive = predictive;
        this.demands = new IssuedDemands(predictive.quantile());
    }

    /** Takes in what the model issues as of the end of the series, after judging what was issued before. */
    void observe(RateSeries series, LeadTimeModel model, LeadTimeDemand demand, Instant now) {
        if (!series.end().isAfter(judgedTo)) {
            return;
        }
        if (gate == null) {
            gate = HealthGate.bootstrapped(predictive.quantile(), model, series);
        }
        HealthGate judging = gate;
        demands.settledBy(series).forEach(judging::observe);
        if (latest != null && isMissed(latest, series)) {
            missedUntil = now.plus(predictive.surpriseHold());
        }
        demands.remember(demand, model.baselinesAt(series));
        judgedTo = series.end();
        latest = demand;
    }

    /** Whether a step since the demand was issued, and inside its window, was above the sizing quantile. */
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

    /** Null until the first demand was judged. */
    EndpointAccuracy.@Nullable LeadTimeScore score() {
        return gate == null
                ? null
                : new EndpointAccuracy.LeadTimeScore(gate.status(), gate.coverage(), gate.baselineLosses());
    }

    /** What the user should know of the forecast's calibration; empty where there is nothing. */
    List<String> warnings() {
        if (gate == null || !gate.coverage().isOff() || gate.coverage().outcomes() < FEWEST_OUTCOMES) {
            return List.of();
        }
        return List.of(
                "The lead-time demand covered %.0f %% of the latest peaks where it should cover %.0f %%; it is calibrated anew every hour."
                        .formatted(
                                100 * gate.coverage().share(),
                                100 * gate.coverage().level()));
    }

    GateStatus status(Instant now) {
        return gate == null ? GateStatus.unknown(now) : gate.status();
    }
}
