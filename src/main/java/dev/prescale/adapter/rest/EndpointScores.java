package dev.prescale.adapter.rest;

import dev.prescale.accuracy.ForecastScores;
import dev.prescale.accuracy.HorizonScore;
import dev.prescale.control.EndpointAccuracy;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.forecast.LeadTimeDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How good what was issued turned out to be. What is not known is null.
 *
 * @param at time of the last cycle
 * @param quantiles levels of every {@code pinball} of the horizons
 * @param horizons parts of the horizon that the forecast reaches, nearest first
 */
@Schema(name = "EndpointAccuracy", description = "Scores of what was issued; null is not known, never 0.")
record EndpointScores(
        String endpoint, Instant at, LeadTimeScore leadTimeDemand, List<Double> quantiles, List<Horizon> horizons) {
    static EndpointScores of(EndpointSnapshot snapshot) {
        return new EndpointScores(
                snapshot.spec().id().toString(),
                snapshot.at(),
                LeadTimeScore.of(snapshot),
                Wire.list(ForecastScores.LEVELS.toArray()),
                snapshot.accuracy().horizons().stream().map(Horizon::of).toList());
    }

    /**
     * The number that sizes replicas, over the last half day.
     *
     * @param window that it covers, null where none is issued
     * @param quantile sizing quantile
     * @param outcomes windows judged so far
     * @param coverage share of realized peaks at or below what was issued
     * @param baselineLosses pinball loss (req/s) by name, beside the loss in {@code gate}
     */
    @Schema(name = "LeadTimeScore")
    record LeadTimeScore(
            @Nullable Duration window,
            double quantile,
            int outcomes,
            @Nullable Double coverage,
            Map<String, Double> baselineLosses,
            GateState gate) {
        static LeadTimeScore of(EndpointSnapshot snapshot) {
            LeadTimeDemand demand = snapshot.leadTimeDemand();
            EndpointAccuracy.LeadTimeScore score = snapshot.accuracy().leadTimeDemand();
            return new LeadTimeScore(
                    demand == null ? null : demand.window(),
                    snapshot.spec().policy().predictive().quantile(),
                    score == null ? 0 : score.coverage().outcomes(),
                    score == null ? null : Wire.finiteOrNull(score.coverage().share()),
                    score == null ? Map.of() : new TreeMap<>(score.baselineLosses()),
                    GateState.of(snapshot.gate()));
        }
    }

    /**
     * The forecast in one part of its horizon, recent outcomes weighted most.
     *
     * @param from shortest horizon, left out
     * @param to longest horizon, counted
     * @param outcomes steps judged so far
     * @param meanAbsoluteError of the median, req/s
     * @param pinball loss (req/s) per quantile
     * @param coverage share of outcomes at or below the 0.95 quantile
     * @param gate null until a day of outcomes is known
     */
    @Schema(name = "HorizonScore")
    record Horizon(
            Duration from,
            Duration to,
            int outcomes,
            @Nullable Double meanAbsoluteError,
            List<@Nullable Double> pinball,
            @Nullable Double coverage,
            List<BaselineScore> baselines,
            @Nullable GateState gate) {
        static Horizon of(HorizonScore score) {
            return new Horizon(
                    score.bucket().from(),
                    score.bucket().to(),
                    score.outcomes(),
                    Wire.finiteOrNull(score.meanAbsoluteError()),
                    Wire.finiteOrNulls(score.pinball()),
                    Wire.finiteOrNull(score.coverage()),
                    score.rivals().stream().map(BaselineScore::of).toList(),
                    score.gate() == null ? null : GateState.of(score.gate()));
        }
    }

    /**
     * A baseline on the same steps. Relative figures are the forecast's over the baseline's: below 1 the forecast is better.
     *
     * @param meanAbsoluteError req/s
     * @param pinball loss (req/s) per quantile, with the quantiles of the baseline's own past errors
     */
    @Schema(name = "BaselineScore")
    record BaselineScore(
            String name,
            @Nullable Double meanAbsoluteError,
            @Nullable Double relativeAbsoluteError,
            List<@Nullable Double> pinball,
            List<@Nullable Double> relativePinball) {
        static BaselineScore of(HorizonScore.Rival rival) {
            return new BaselineScore(
                    rival.name(),
                    Wire.finiteOrNull(rival.meanAbsoluteError()),
                    Wire.finiteOrNull(rival.relativeAbsoluteError()),
                    Wire.finiteOrNulls(rival.pinball()),
                    Wire.finiteOrNulls(rival.relativePinball()));
        }
    }
}
