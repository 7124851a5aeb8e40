package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a user should know before relying on a forecast, in sentences. */
final class ForecastWarnings {
    private static final int DAY_HOURS = 24;
    private static final double MANY_GAPS = 0.3;
    private static final int LONG_GAP_HOURS = 6;
    private static final double FEW_ORIGINS = 10;

    private ForecastWarnings() {}

    static List<String> of(LearningHistory history, ErrorCalibration calibration) {
        List<String> warnings = new ArrayList<>();
        int size = history.size();
        int known = 0;
        int longestGap = 0;
        int gap = 0;
        boolean onlyZeros = true;
        for (int t = 0; t < size; t++) {
            boolean missing = Double.isNaN(history.rate(t));
            gap = missing ? gap + 1 : 0;
            longestGap = Math.max(longestGap, gap);
            known += missing ? 0 : 1;
            onlyZeros &= missing || history.rate(t) == 0;
        }
        if (history.dayBefore(size) < 0) {
            warnings.add("The history is shorter than a day: no daily season could be learned.");
        } else if (history.weekBefore(size) < 0) {
            warnings.add("The history is shorter than a week: no weekly season could be learned.");
        }
        if (calibration.effectiveOrigins() < FEW_ORIGINS) {
            warnings.add("Too few past forecasts can be checked: the spread of the quantiles is partly a guess.");
        }
        if (onlyZeros) {
            warnings.add("Every sample is zero.");
        }
        if (size - known > MANY_GAPS * size) {
            warnings.add("%d of %d steps have no sample.".formatted(size - known, size));
        } else if (hours(history.step(), longestGap) >= LONG_GAP_HOURS) {
            warnings.add("The longest gap without a sample lasts %s.".formatted(duration(history.step(), longestGap)));
        }
        if (gap > 0) {
            warnings.add("The newest sample is %s old.".formatted(duration(history.step(), gap)));
        }
        return warnings;
    }

    private static double hours(Step step, int steps) {
        return steps * (double) step.seconds() * DAY_HOURS / Step.SECONDS_PER_DAY;
    }

    private static Duration duration(Step step, int steps) {
        return Duration.ofSeconds((long) steps * step.seconds());
    }
}
