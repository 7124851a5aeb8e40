package dev.prescale.forecast;

import java.util.Arrays;

/** The last value: {@code f[t + h] = y[t]}, with {@code y[t]} the newest rate that is not a gap. */
record LastValue(LearningHistory history) implements Member {
    static final String NAME = "lastValue";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        return history.lastKnown(origin) >= 0;
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        Arrays.fill(rates, 0, horizons.length, history.rate(history.lastKnown(origin)));
    }
}
