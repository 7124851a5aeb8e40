package dev.prescale.forecast;

/** Bases and rows of the {@link SeasonalRegression} for one origin, computed once for all members that ask. Not thread-safe. */
final class ForecastFeatures {
    private static final double HEADROOM = 0.25;

    private final LearningHistory history;
    private final SeasonalStates states;
    private final SeasonalRegression regression;
    private int origin = LearningHistory.NONE;
    private int[] horizons = {};
    private double[][] rows = {};
    private double[] bases = {};

    ForecastFeatures(LearningHistory history, SeasonalStates states, SeasonalRegression regression) {
        this.history = history;
        this.states = states;
        this.regression = regression;
    }

    private void ensure(int ofOrigin, int[] ofHorizons) {
        // the same array of horizons is asked for over and over
        if (ofOrigin == origin && ofHorizons == horizons) {
            return;
        }
        if (rows.length < ofHorizons.length) {
            rows = new double[ofHorizons.length][SeasonalRegression.FEATURES];
            bases = new double[ofHorizons.length];
        }
        for (int k = 0; k < ofHorizons.length; k++) {
            int target = ofOrigin + ofHorizons[k] - 1;
            bases[k] = regression.fill(ofOrigin, target, rows[k]) + states.added(target);
        }
        origin = ofOrigin;
        horizons = ofHorizons;
    }

    /** Features of shape [horizon][feature]; not to be changed, and overwritten by the next origin. */
    double[][] rows(int ofOrigin, int[] ofHorizons) {
        ensure(ofOrigin, ofHorizons);
        return rows;
    }

    /** Bases {@code b} with spikes and events, one per horizon; likewise. */
    double[] bases(int ofOrigin, int[] ofHorizons) {
        ensure(ofOrigin, ofHorizons);
        return bases;
    }

    /** Whether the base of the step at the origin is known. */
    boolean isKnownAt(int ofOrigin) {
        return !Double.isNaN(states.base(ofOrigin, ofOrigin));
    }

    /** Residual memory {@code E_tau} at the origin, by the position of its tau. */
    double memory(int position, int ofOrigin) {
        return states.memory(position, ofOrigin);
    }

    /** The rate (req/s) with this logarithm. */
    double fromLog(double log) {
        return history.fromLog(log);
    }

    /** The rate with this logarithm, at most a quarter (of the logarithm) above the largest seen and not below the least. */
    double fromLogWithinSeen(double log) {
        double most = states.largest() + HEADROOM;
        return history.fromLog(log > most ? most : Math.max(log, states.least()));
    }

    int stepSeconds() {
        return history.step().seconds();
    }
}
