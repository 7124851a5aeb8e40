package dev.prescale.pictures;

import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;

/**
 * A morning minute by minute: the largest rate until what is ordered now has started, what Prescale sizes replicas for, and
 * what target tracking at a utilization of 0.7 does. Both hold the largest of five minutes, as the HPA's scale-down does.
 */
record MorningRamp(BundledTrace trace) {
    /** 06:00 to 12:00 in Berlin on a Tuesday: a newsletter goes out at 10:00, as on every Tuesday and Thursday. */
    private static final Instant FROM = Instant.parse("2024-04-09T04:00:00Z");

    private static final int MINUTES = 360;
    private static final int HELD_MINUTES = 5;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final double LEVEL = 0.95;
    private static final double TARGET_UTILIZATION = 0.7;

    Picture draw() {
        RateSeries minutes = trace.minutes();
        int from = minutes.indexOf(FROM);
        LeadTimeModel model = (LeadTimeModel) new DirectLeadTimeForecaster()
                .fit(minutes.slice(0, from), trace.calendar(), WINDOW, QuantileLevels.of(LEVEL));
        double[] rate = new double[MINUTES];
        double[] peak = new double[MINUTES];
        double[] demand = new double[MINUTES];
        double[] tracking = new double[MINUTES];
        double largest = 0;
        for (int k = 0; k < MINUTES; k++) {
            // at this minute the newest rate known is that of the minute before
            int now = from + k;
            rate[k] = minutes.rateAt(now);
            for (int ahead = 0; ahead < WINDOW.toMinutes(); ahead++) {
                peak[k] = Math.max(peak[k], minutes.rateAt(now + ahead));
            }
            demand[k] = model.demandAt(minutes.slice(0, now)).at(LEVEL);
            tracking[k] = minutes.rateAt(now - 1) / TARGET_UTILIZATION;
            largest = Math.max(Math.max(largest, peak[k]), Math.max(demand[k], tracking[k]));
        }
        demand = held(demand);
        tracking = held(tracking);
        Picture picture = new Picture("shop-web: what replicas are sized for on a morning, ten minutes ahead", 360)
                .area("load", "request rate")
                .line("truth", "its largest minute within ten minutes")
                .line("second", "lead-time demand, level 0.95")
                .line("first", "target tracking: newest rate / 0.7");
        Panel panel = Panel.ofRates(picture, 62, 264, MINUTES, largest);
        panel.band("load", 0, new double[MINUTES], rate);
        panel.line("first", 0, tracking);
        panel.line("second", 0, demand);
        panel.line("truth", 0, peak);
        for (int hour = 0; hour <= MINUTES / 60; hour++) {
            panel.xLabel(60 * hour, "%02d:00".formatted(6 + hour));
        }
        return picture;
    }

    private static double[] held(double[] values) {
        double[] largest = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            for (int back = 0; back < HELD_MINUTES && back <= k; back++) {
                largest[k] = Math.max(largest[k], values[k - back]);
            }
        }
        return largest;
    }
}
