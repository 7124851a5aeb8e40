package dev.prescale.pictures;

import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import java.util.List;

/**
 * Share of what came at or below each quantile, by how far ahead it lay: forecasts from origins over the last two weeks of
 * each trace, from 28 days or what there is, spread over the hours of the day.
 */
record CoverageByHorizon(double[][] shares, int forecasts) {
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.5, 0.9, 0.95);
    private static final String[] STYLES = {"third", "first", "second"};
    private static final int PER_DAY = BundledTrace.TEN_MINUTES.perDay();
    private static final int STEPS = 2 * PER_DAY;
    private static final int FIRST_ORIGIN = 26 * PER_DAY;
    private static final int STRIDE = 31;
    /** Ends of the classes of steps ahead: 10 min, 30 min, 1, 2, 3, 6, 12, 24, 36, 48 h. */
    private static final int[] ENDS = {1, 3, 6, 12, 18, 36, 72, 144, 216, 288};

    private static final String[] LABELS = {
        "10 min", "30 min", "1 h", "2 h", "3 h", "6 h", "12 h", "24 h", "36 h", "48 h"
    };

    static CoverageByHorizon of(List<BundledTrace> traces) {
        double[][] below = new double[LEVELS.size()][ENDS.length];
        double[] known = new double[ENDS.length];
        int forecasts = 0;
        for (BundledTrace trace : traces) {
            RateSeries series = trace.tenMinutes();
            for (int origin = FIRST_ORIGIN; origin + STEPS <= series.size(); origin += STRIDE) {
                RateSeries history = series.slice(Math.max(0, origin - 28 * PER_DAY), origin);
                Forecast forecast = new CombinedForecaster()
                        .forecast(new ForecastRequest(history, trace.calendar(), STEPS, LEVELS));
                forecasts++;
                count(forecast, series.slice(origin, origin + STEPS), below, known);
            }
        }
        for (double[] share : below) {
            for (int b = 0; b < share.length; b++) {
                share[b] /= known[b];
            }
        }
        return new CoverageByHorizon(below, forecasts);
    }

    private static void count(Forecast forecast, RateSeries outcome, double[][] below, double[] known) {
        int b = 0;
        for (int h = 0; h < STEPS; h++) {
            b += h == ENDS[b] ? 1 : 0;
            if (!outcome.isGap(h)) {
                known[b]++;
                for (int i = 0; i < LEVELS.size(); i++) {
                    below[i][b] += outcome.rateAt(h) <= forecast.rate(h, i) ? 1 : 0;
                }
            }
        }
    }

    Picture draw() {
        Picture picture = new Picture(
                "Share of what came at or below a quantile, by how far ahead (%d forecasts of four bundled traces)"
                        .formatted(forecasts),
                330);
        Panel panel = Panel.of(picture, 62, 234, ENDS.length, 0.4, 1);
        for (int percent = 40; percent <= 100; percent += 10) {
            panel.level("grid", percent / 100.0);
            panel.yLabel(percent / 100.0, percent + " %");
        }
        double[] middles = new double[ENDS.length];
        for (int b = 0; b < ENDS.length; b++) {
            middles[b] = b + 0.5;
            panel.xLabel(middles[b], "to " + LABELS[b]);
        }
        for (int i = 0; i < LEVELS.size(); i++) {
            picture.line(STYLES[i], "quantile " + LEVELS.get(i) + " (dashed: nominal)");
            panel.level(STYLES[i] + " dash", LEVELS.get(i));
            panel.line(STYLES[i], middles, shares[i]);
        }
        return picture;
    }
}
