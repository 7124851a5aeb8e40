package dev.prescale.pictures;

import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;

/** A forecast of 48 h in steps of ten minutes beside what came. */
record Fan(RateSeries before, Forecast forecast, RateSeries outcome) {
    private static final int STEPS = 288;
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.05, 0.25, 0.5, 0.75, 0.95);

    /**
     * @param historySteps steps before the origin that the forecast may know
     * @param shownSteps steps before the origin that are drawn
     */
    static Fan of(RateSeries series, TrafficCalendar calendar, int origin, int historySteps, int shownSteps) {
        RateSeries history = series.slice(Math.max(0, origin - historySteps), origin);
        Forecast forecast = new CombinedForecaster().forecast(new ForecastRequest(history, calendar, STEPS, LEVELS));
        return new Fan(series.slice(origin - shownSteps, origin), forecast, series.slice(origin, origin + STEPS));
    }

    static Picture legend(Picture picture) {
        return picture.area("outer", "5 to 95 %")
                .area("inner", "25 to 75 %")
                .line("median", "median")
                .line("truth", "what came");
    }

    double largest() {
        double largest = 0;
        for (int k = 0; k < STEPS; k++) {
            largest = Math.max(largest, forecast.rate(k, LEVELS.size() - 1));
            largest = Math.max(largest, Double.isNaN(outcome.rateAt(k)) ? 0 : outcome.rateAt(k));
        }
        for (double rate : before.rates()) {
            largest = Math.max(largest, Double.isNaN(rate) ? 0 : rate);
        }
        return largest;
    }

    int shownSteps() {
        return before.size() + STEPS;
    }

    void draw(Panel panel) {
        int origin = before.size();
        panel.band("outer", origin, level(0), level(4));
        panel.band("inner", origin, level(1), level(3));
        panel.line("median", origin, level(2));
        panel.line("truth", 0, before.rates());
        panel.line("truth", origin, outcome.rates());
        panel.upright("now", origin);
    }

    private double[] level(int index) {
        double[] rates = new double[STEPS];
        for (int k = 0; k < STEPS; k++) {
            rates[k] = forecast.rate(k, index);
        }
        return rates;
    }
}
