package dev.prescale.forecast;

import dev.prescale.forecast.Forecast.MemberWeight;
import java.util.List;

/** The combined forecast before its quantiles. */
final class PointForecast {
    private final double[] rates;
    private final List<MemberWeight> weights;

    /** @param rates req/s per step, which now belong to this forecast */
    PointForecast(double[] rates, List<MemberWeight> weights) {
        this.rates = rates;
        this.weights = weights;
    }

    int steps() {
        return rates.length;
    }

    /** Rate (req/s) of a step, 0 for the first. */
    double rate(int step) {
        return rates[step];
    }

    /** Members that count, averaged over the horizon. */
    List<MemberWeight> weights() {
        return weights;
    }
}
