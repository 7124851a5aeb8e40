package dev.prescale.forecast;

import dev.prescale.series.Require;
import dev.prescale.series.Step;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The window of a peak, seen from the step that begins at the origin: {@code [t + lag, t + lag + steps)}.
 *
 * @param lag steps until it begins, 0 where it begins at once
 * @param steps that it covers
 */
record PeakSpan(int lag, int steps) {
    PeakSpan {
        Require.that(lag >= 0 && steps >= 1, "a window needs lag >= 0 and a step, was %s and %s", lag, steps);
    }

    /** A window that begins at once. */
    static PeakSpan of(Duration window, Step step) {
        return new PeakSpan(0, Math.max(1, step.covering(window)));
    }

    /** The steps that {@code [from, to)} after the origin touches. */
    static PeakSpan of(Duration from, Duration to, Step step) {
        int lag = Math.toIntExact(from.toMillis() / step.duration().toMillis());
        return new PeakSpan(lag, Math.max(1, step.covering(to) - lag));
    }

    /** The predictor that a shared model has for it, null without one. */
    @Nullable
    PeakPredictor predictor(@Nullable SharedPeaks shared, Step step, QuantileLevels levels) {
        return shared == null ? null : shared.predictor(step, step.duration().multipliedBy(steps), levels);
    }

    /** Steps from the origin to the end of the window. */
    int end() {
        return lag + steps;
    }
}
