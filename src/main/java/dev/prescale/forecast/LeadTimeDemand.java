package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Quantiles of the largest request rate in {@code [origin, origin + window)}.
 *
 * @param rates req/s, one per level, finite and not negative
 * @param source who speaks
 */
public record LeadTimeDemand(
        Instant origin, Duration window, QuantileLevels levels, List<Double> rates, PeakSource source) {
    public LeadTimeDemand {
        rates = List.copyOf(rates);
        Require.that(
                rates.size() == levels.size(), "%s levels need as many rates, were %s", levels.size(), rates.size());
        for (double rate : rates) {
            Require.that(rate >= 0 && rate < Double.POSITIVE_INFINITY, "rate must be finite and >= 0, was %s", rate);
        }
    }

    /** Rate (req/s) at a level that was asked for at the fit. */
    public double at(double level) {
        int index = levels.indexOf(level);
        Require.that(index >= 0, "level %s is not among %s", level, levels);
        return rates.get(index);
    }
}
