package dev.prescale.forecast;

import java.util.Arrays;

/**
 * {@link ColdStartTrees} as a member: {@code ln(f[t + h] + c) = a[t + h] + o(x)}, with {@code a} the anchor and {@code o(x)} what
 * the trees add for the features {@code x} of {@link ColdStartFeatures}. The trees are asked at a grid of horizons and
 * interpolated in between, linearly in the horizon; the result stays within what was seen, and a quarter (in the logarithm)
 * beyond it.
 */
final class SharedTrees implements Member {
    static final String NAME = "sharedTrees";

    private static final double BEYOND = 0.25;
    private static final int EVERY_STEP_UNTIL = 3;
    private static final double GROWTH = 1.25;
    private static final int WIDEST_HOURS = 3;

    private final LearningHistory history;
    private final ColdStartFeatures features;
    private final ColdStartTrees model;
    private final SeasonalStates states;

    SharedTrees(LearningHistory history, SeasonalStates states, ColdStartTrees model) {
        this.history = history;
        this.features = new ColdStartFeatures(history, states);
        this.model = model;
        this.states = states;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        return ColdStart.isIn(history) && features.isKnownAt(origin);
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        double[] row = new double[ColdStartFeatures.COUNT];
        int from = 0;
        int to = 0;
        double correction = correction(origin, 0, row);
        double nextCorrection = correction;
        for (int k = 0; k < horizons.length; k++) {
            int h = horizons[k] - 1;
            while (to <= h) {
                from = to;
                to = next(from);
                // asked beyond the last step too, so that a shorter forecast is the beginning of a longer one
                correction = nextCorrection;
                nextCorrection = origin + to < history.sizeAhead() ? correction(origin, to, row) : correction;
            }
            double share = (double) (h - from) / (to - from);
            rates[k] = rate(origin, h, correction + share * (nextCorrection - correction));
        }
    }

    private int next(int h) {
        int widest = Math.max(1, WIDEST_HOURS * history.step().perDay() / 24);
        return h < EVERY_STEP_UNTIL ? h + 1 : Math.min((int) Math.ceil(h * GROWTH), h + widest);
    }

    private double correction(int origin, int h, double[] row) {
        Arrays.fill(row, 0);
        features.fill(origin, origin + h, row);
        return model.correction(row);
    }

    private double rate(int origin, int h, double correction) {
        double z = features.anchor(origin, origin + h) + correction;
        return history.fromLog(Math.clamp(z, states.least() - BEYOND, states.largest() + BEYOND));
    }
}
