package dev.prescale.forecast;

/** A model of the peak that was fitted on other endpoints. */
interface SharedPeaks {
    /** The predictor whose quantiles are those of the levels, or the nearest that it knows: a shift corrects the rest. */
    PeakPredictor at(QuantileLevels levels);
}
