package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.time.Duration;

/** A model of the peak that was fitted on other endpoints. */
interface SharedPeaks {
    /** The predictor of the quantiles at the wanted levels, or the nearest that it knows: a shift corrects the rest. */
    PeakPredictor predictor(Step step, Duration window, QuantileLevels wanted);
}
