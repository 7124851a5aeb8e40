package dev.prescale.adapter.rest;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.config.PreviewRequest;
import dev.prescale.config.PreviewRequest.GivenForecast;
import dev.prescale.config.PreviewRequest.GivenSeries;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.scaling.ForecastView;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a previewed decision sees of the future. The lead-time demand is taken over {@code [now, now + leadTime + cycle)}:
 *
 * <ul>
 *   <li>of a given forecast: the largest rate of the steps that touch the window, at the sizing quantile. Where that
 *       level is not among the given ones the next higher one counts, or the highest, so that a missing level never
 *       means fewer replicas than a given one;
 *   <li>of a given series: the quantile of the maximum over the paths of a forecast made from it.
 * </ul>
 *
 * <p>A forecast that ends inside the window counts as far as it goes; one that does not reach {@code now} is none.
 */
final class PreviewForecast {
    /** The pace of the control loop, which is part of what is waited for. */
    private static final Duration CYCLE = Duration.ofSeconds(15);

    private final Forecaster forecaster;
    private final PreviewRequest request;
    private final Predictive predictive;
    private final Duration leadTime;

    PreviewForecast(Forecaster forecaster, PreviewRequest request) {
        this.forecaster = forecaster;
        this.request = request;
        this.predictive = request.spec().policy().predictive();
        Duration given = request.leadTime();
        this.leadTime = given != null ? given : predictive.leadTime().initial();
    }

    ForecastView view() {
        if (!predictive.enabled()) {
            return new ForecastView.Disabled();
        }
        return switch (request.outlook()) {
            case null -> new ForecastView.Unavailable("neither a forecast nor a series was given");
            case GivenForecast given -> ofGiven(given);
            case GivenSeries given -> ofSeries(given);
        };
    }

    private ForecastView ofGiven(GivenForecast given) {
        int level = sizingLevel(given.levels());
        Double demand = largest(given, level, window());
        Double scaleIn = largest(given, level, scaleInWindow());
        if (demand == null || scaleIn == null) {
            return new ForecastView.Unavailable("the forecast given does not cover " + request.now());
        }
        return available(demand, scaleIn, GateStatus.State.TRUSTED);
    }

    private int sizingLevel(QuantileLevels levels) {
        int highest = 0;
        int chosen = -1;
        for (int i = 0; i < levels.size(); i++) {
            boolean suffices = levels.get(i) >= predictive.quantile() - 1e-12;
            if (suffices && (chosen < 0 || levels.get(i) < levels.get(chosen))) {
                chosen = i;
            }
            if (levels.get(i) > levels.get(highest)) {
                highest = i;
            }
        }
        return chosen >= 0 ? chosen : highest;
    }

    /** Null where no step touches the window's beginning. */
    private @Nullable Double largest(GivenForecast given, int level, Duration window) {
        Duration step = given.step().duration();
        Instant end = request.now().plus(window);
        boolean coversNow = !given.origin().isAfter(request.now())
                && given.origin().plus(step.multipliedBy(given.rates().size())).isAfter(request.now());
        if (!coversNow) {
            return null;
        }
        double largest = 0;
        Instant from = given.origin();
        for (List<Double> row : given.rates()) {
            Instant to = from.plus(step);
            if (to.isAfter(request.now()) && from.isBefore(end)) {
                largest = Math.max(largest, row.get(level));
            }
            from = to;
        }
        return largest;
    }

    private ForecastView ofSeries(GivenSeries given) {
        Instant origin = given.history().end();
        Step step = given.history().step();
        Duration passed = Duration.between(origin, request.now());
        if (passed.isNegative()) {
            passed = Duration.ZERO;
        }
        Duration furthest = passed.plus(scaleInWindow());
        Duration longest = step.duration().multipliedBy(ForecastRequest.MOST_STEPS);
        if (furthest.compareTo(longest) > 0) {
            String late = "the series given ends at %s, too long before %s to be forecast from";
            return new ForecastView.Unavailable(late.formatted(origin, request.now()));
        }
        Forecast forecast = forecaster.forecast(new ForecastRequest(
                given.history(),
                request.spec().calendar(),
                step.covering(furthest),
                QuantileLevels.of(predictive.quantile())));
        double demand = forecast.peak(passed, passed.plus(window()))[0];
        double scaleIn = forecast.peak(passed, furthest)[0];
        return available(
                demand, scaleIn, GateStatus.State.of(forecast.provenance().skill()));
    }

    private Duration window() {
        return leadTime.plus(CYCLE);
    }

    private Duration scaleInWindow() {
        Duration horizon = predictive.scaleInHorizon();
        return horizon != null && horizon.compareTo(window()) > 0 ? horizon : window();
    }

    private ForecastView available(double demand, double scaleIn, GateStatus.State own) {
        GateStatus.State said = request.gate();
        boolean trusted = (said != null ? said : own) == GateStatus.State.TRUSTED;
        return new ForecastView.Available(demand, scaleIn, leadTime, trusted, false);
    }
}
