package dev.prescale.bench;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Instant;
import java.util.SplittableRandom;

/** Histories to measure on: a noisy daily cycle with quieter weekends, 50 req/s in the mean of a weekday. */
public enum BenchmarkSeries {
    /** 4,032 points. */
    TEN_MINUTES_28_DAYS(600, 28),
    /** 20,160 points. */
    TEN_MINUTES_140_DAYS(600, 140),
    /** 20,160 points. */
    MINUTES_14_DAYS(60, 14);

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final double WEEKEND = 0.7;

    private final Step step;
    private final int days;

    BenchmarkSeries(int stepSeconds, int days) {
        this.step = new Step(stepSeconds);
        this.days = days;
    }

    RateSeries draw() {
        return draw(points());
    }

    /** The series as it goes on. */
    RateSeries draw(int points) {
        return draw(points, 17);
    }

    RateSeries draw(int points, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] rates = new double[points];
        for (int k = 0; k < rates.length; k++) {
            double cycle = 1 + 0.8 * Math.sin(2 * Math.PI * k / step.perDay());
            double weekday = k / step.perDay() % 7 >= 5 ? WEEKEND : 1;
            rates[k] = 50 * cycle * weekday * Math.exp(0.1 * random.nextGaussian());
        }
        return RateSeries.of(START, step, rates);
    }

    Step step() {
        return step;
    }

    int points() {
        return days * step.perDay();
    }
}
