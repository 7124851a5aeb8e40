package dev.prescale.forecast;

/**
 * What followed the past days that were most like the last 24 hours.
 */
final class AnalogueDays implements Member {
    static final String NAME = "analogueDays";
    private static final int MOST_DAYS = 35;
    private static final double SHARPNESS = Double.parseDouble(System.getProperty("sharp","4"));
    private static final double LARGEST_RATIO = 3;

    private final LearningHistory history;
    private final SeasonalStates states;

    AnalogueDays(LearningHistory history, SeasonalStates states) {
        this.history = history;
        this.states = states;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean speaksAt(int origin) {
        return origin - history.firstKnown() >= 4 * history.step().perDay();
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        int perDay = history.step().perDay();
        int days = Math.min(MOST_DAYS, origin / perDay - 1);
        double[] distance = new double[days + 1];
        double[] level = new double[days + 1];
        double best = Double.POSITIVE_INFINITY;
        int stride = Math.max(1, perDay / 72);
        for (int k = 1; k <= days; k++) {
            double sum = 0;
            double difference = 0;
            int known = 0;
            for (int j = 1; j <= perDay; j += stride) {
                int t = origin - j;
                int then = history.daysEarlier(t, k);
                if (then >= 0) {
                    double d = states.clipped(t) - states.clipped(then);
                    if (!Double.isNaN(d)) {
                        sum += d;
                        difference += Math.abs(d);
                        known++;
                    }
                }
            }
            distance[k] = known * stride > perDay / 2 ? difference / known : Double.POSITIVE_INFINITY;
            level[k] = known > 0 ? Math.clamp(0.5 * sum / known, -Math.log(LARGEST_RATIO), Math.log(LARGEST_RATIO)) : 0;
            if (k > 1) best = Math.min(best, distance[k]);
        }
        best = Math.max(best, 1e-6);
        double[] weight = new double[days + 1];
        for (int k = 1; k <= days; k++) {
            weight[k] = Math.exp(-SHARPNESS * (distance[k] / best - 1));
        }
        for (int i = 0; i < horizons.length; i++) {
            int target = origin + horizons[i] - 1;
            double sum = 0;
            double weights = 0;
            for (int k = 1; k <= days; k++) {
                int then = history.daysEarlier(target, k);
                if (then >= 0 && then < origin && weight[k] > 1e-3) {
                    double z = states.clipped(then);
                    if (!Double.isNaN(z)) {
                        sum += weight[k] * (z + level[k]);
                        weights += weight[k];
                    }
                }
            }
            rates[i] = weights > 0 ? history.fromLog(sum / weights) : Double.NaN;
        }
    }
}
