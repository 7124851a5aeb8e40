package dev.prescale.accuracy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good the issued forecasts were in one part of the horizon, recent ones weighted most. All {@code NaN} until something
 * is known.
 *
 * @param outcomes targets judged so far
 * @param meanAbsoluteError of the median, req/s
 * @param pinball mean loss (req/s), one per level of {@link ForecastScores#LEVELS}
 * @param coverage share of outcomes at or below the quantile of {@link ForecastScores#COVERED_LEVEL}
 * @param gate null until enough is known to judge
 */
public record HorizonScore(
        HorizonBucket bucket,
        int outcomes,
        double meanAbsoluteError,
        List<Double> pinball,
        double coverage,
        List<Rival> rivals,
        @Nullable GateStatus gate) {
    public HorizonScore {
        pinball = List.copyOf(pinball);
        rivals = List.copyOf(rivals);
    }

    /**
     * A baseline on the targets for which it had something to say. Relative figures are the forecast's loss on these
     * targets over the baseline's: below 1 the forecast is better.
     *
     * @param name {@code persistence}, {@code dayNaive}, {@code weekNaive}
     * @param meanAbsoluteError req/s
     * @param pinball mean loss (req/s) per level, of the baseline with the quantiles of its own past errors
     */
    public record Rival(
            String name,
            double meanAbsoluteError,
            double relativeAbsoluteError,
            List<Double> pinball,
            List<Double> relativePinball) {
        public Rival {
            pinball = List.copyOf(pinball);
            relativePinball = List.copyOf(relativePinball);
        }
    }
}
