package dev.prescale.forecast;

import dev.prescale.forecast.Forecast.MemberWeight;
import dev.prescale.forecast.Forecast.Provenance;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SeriesQuality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Combines members by their errors at past origins and calibrates quantiles on the errors of the combination there:
 *
 * <ol>
 *   <li>prepare the history: local slots, seasons, events divided out;
 *   <li>ask which members can speak for it;
 *   <li>issue their forecasts at past origins and weigh them ({@link Combination});
 *   <li>issue the combination at past origins and calibrate ({@link ErrorCalibration});
 *   <li>forecast from the end, with quantiles, paths and provenance.
 * </ol>
 */
public final class CombinedForecaster implements Forecaster {
    /** Time constants (h) of the residual memories that the decaying levels use. */
    static final double[] MEMORY_HOURS = {1.0 / 6, 1, 6, 24};

    private final SharedModel shared;

    public CombinedForecaster() {
        this(SharedModel.NONE);
    }

    /** @param shared what was learned across endpoints, for short histories */
    public CombinedForecaster(SharedModel shared) {
        this.shared = shared;
    }

    @Override
    public Forecast forecast(ForecastRequest request) {
        RateSeries series = request.history();
        int horizon = request.horizonSteps();
        LearningHistory history = new LearningHistory(series, request.calendar(), horizon);
        SeasonalStates states = new SeasonalStates(history, MEMORY_HOURS);
        List<Member> members = members(history, states, shared);
        int[] judging = PastOrigins.judging(history);
        Combination combination = Combination.judgedAt(members, history, judging, horizon);

        int[] origins = PastOrigins.calibrating(history, horizon);
        double[][] issued = new double[origins.length][];
        for (int o = 0; o < origins.length; o++) {
            issued[o] = new double[Math.min(horizon, history.size() - origins[o])];
            combination.forecast(origins[o], issued[o]);
        }
        ErrorCalibration calibration = new ErrorCalibration(history, origins, issued, horizon);

        double[] point = new double[horizon];
        combination.forecast(history.size(), point);
        holdWhereSilent(point, history.rate(history.lastKnown(history.size())));
        ForecastRates rates = new ForecastRates(history, point, eventFactors(request), calibration);
        Provenance provenance = new Provenance(
                weights(combination, horizon),
                seasons(history),
                new SeriesQuality(series.size() - series.gaps(), series.gaps(), states.outliers()),
                PastSkill.of(history, members, origins, issued),
                ForecastWarnings.of(history, calibration));
        return new Forecast(
                series.end(),
                series.step(),
                request.levels(),
                rates.quantiles(request.levels()),
                rates.paths(),
                provenance);
    }

    static List<Member> members(LearningHistory history, SeasonalStates states, SharedModel shared) {
        List<Member> all = new ArrayList<>(List.of(
                new LastValue(history),
                SeasonalNaive.ofDay(history),
                SeasonalNaive.ofWeek(history),
                new FourWeekMean(history),
                new LevelShape(history),
                new DecayingLevel(DecayingLevel.QUICK, history, states, 0, 1.5),
                new DecayingLevel(DecayingLevel.HOUR, history, states, 1, 6),
                new DecayingLevel(DecayingLevel.QUARTER_DAY, history, states, 2, 18),
                new DecayingLevel(DecayingLevel.DAY, history, states, 3, 108)));
        if (ColdStart.isIn(history)) {
            shared.coldStart().ifPresent(trees -> all.add(new SharedTrees(history, states, trees)));
        }
        return all.stream().filter(member -> member.speaksAt(history.size())).toList();
    }

    private static void holdWhereSilent(double[] point, double lastRate) {
        double last = lastRate;
        for (int h = 0; h < point.length; h++) {
            last = Double.isNaN(point[h]) ? last : point[h];
            point[h] = last;
        }
    }

    private static double[] eventFactors(ForecastRequest request) {
        double[] factors = new double[request.horizonSteps()];
        Arrays.fill(factors, 1);
        if (!request.calendar().events().isEmpty()) {
            RateSeries series = request.history();
            Arrays.setAll(
                    factors,
                    h -> request.calendar()
                            .eventFactor(
                                    series.instantAt(series.size() + h),
                                    series.step().duration()));
        }
        return factors;
    }

    private static List<MemberWeight> weights(Combination combination, int horizon) {
        double[] weights = combination.meanWeights(horizon);
        List<MemberWeight> named = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                named.add(new MemberWeight(combination.members().get(i).name(), weights[i]));
            }
        }
        return named;
    }

    private static List<Duration> seasons(LearningHistory history) {
        List<Duration> seasons = new ArrayList<>();
        if (history.dayBefore(history.size()) >= 0) {
            seasons.add(Duration.ofDays(1));
        }
        if (history.weekBefore(history.size()) >= 0) {
            seasons.add(Duration.ofDays(7));
        }
        return seasons;
    }
}
