package dev.prescale.forecast;

import dev.prescale.forecast.Forecast.MemberWeight;
import dev.prescale.forecast.Forecast.Provenance;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SeriesQuality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Combines. */
public final class CombinedForecaster implements Forecaster {
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
        ForecastModel model = ForecastModel.of(series, request.calendar(), horizon, shared);
        LearningHistory history = model.history;
        List<Issue> issues = List.copyOf(model.issues);
        ErrorCalibration calibration = new ErrorCalibration(history, model.grid, issues);

        int[] horizons = new int[horizon];
        Arrays.setAll(horizons, h -> h + 1);
        double[][] byMember = model.byMember(history.size(), horizons);
        double[][] weights = model.weights();
        double[] point = new double[horizon];
        model.combination.combine(weights, horizons, byMember, point);
        holdWhereSilent(point, history.rate(history.lastKnown(history.size())));
        ForecastRates rates = new ForecastRates(history, model.grid, point, eventFactors(request), calibration);
        Provenance provenance = new Provenance(
                named(model, weights, horizon),
                seasons(history),
                new SeriesQuality(series.size() - series.gaps(), series.gaps(), model.states.outliers()),
                PastSkill.of(model.grid, new HorizonBuckets(series.step()), issues, ForecastModel.NAIVES),
                ForecastWarnings.of(history, calibration));
        return new Forecast(
                series.end(),
                series.step(),
                request.levels(),
                rates.quantiles(request.levels()),
                rates.paths(),
                provenance);
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

    private static List<MemberWeight> named(ForecastModel model, double[][] weights, int horizon) {
        double[] mean = new double[model.members.size()];
        double[] blended = new double[mean.length];
        for (int h = 1; h <= horizon; h++) {
            model.combination.blend(weights, h, blended);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += blended[i] / horizon;
            }
        }
        List<MemberWeight> named = new ArrayList<>();
        for (int i = 0; i < mean.length; i++) {
            if (mean[i] > 0) {
                named.add(new MemberWeight(model.members.get(i).name(), mean[i]));
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
