package dev.prescale.forecast;

/**
 * The mean of the last four weeks at the same local time of the week: {@code f[t + h] = mean of y[t + h - k M]} over the
 * four least {@code k} for which that step is known at {@code t}, fewer where the history has fewer; gaps are left out.
 */
record FourWeekMean(LearningHistory history) implements Member {
    static final String NAME = "fourWeekMean";

    private static final int WEEKS = 4;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        int before = history.weekBefore(origin);
        return before >= 0 && history.weekBefore(before) >= 0;
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        for (int k = 0; k < horizons.length; k++) {
            rates[k] = meanBefore(origin, origin + horizons[k] - 1);
        }
    }

    private double meanBefore(int origin, int target) {
        double sum = 0;
        int known = 0;
        for (int t = history.weekBefore(target); t >= 0 && known < WEEKS; t = history.weekBefore(t)) {
            if (t < origin && !Double.isNaN(history.rate(t))) {
                sum += history.rate(t);
                known++;
            }
        }
        return known > 0 ? sum / known : Double.NaN;
    }
}
