package dev.prescale.forecast;

/**
 * The seasonal base at the present level, which returns to the base with the horizon:
 * {@code ln(f[t + h] + c) = b[t + h] + E_tau[t] exp(-h / T)}. The mean residual of the last hours is the level; how long it
 * lasts is fixed per member, and the combination tells which one is right.
 */
final class DecayingLevel implements Member {
    static final String QUICK = "quickLevel";
    static final String HOUR = "hourLevel";
    static final String QUARTER_DAY = "quarterDayLevel";
    static final String DAY = "dayLevel";

    private final String name;
    private final ForecastFeatures features;
    private final int memory;
    private final double rate;

    /**
     * @param memory position of {@code E_tau} in the states
     * @param lastingHours the {@code T} of the formula
     */
    DecayingLevel(String name, ForecastFeatures features, int memory, double lastingHours) {
        this.name = name;
        this.features = features;
        this.memory = memory;
        this.rate = features.stepSeconds() / (3600 * lastingHours);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean speaksAt(int origin) {
        return features.isKnownAt(origin);
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        double level = features.memory(memory, origin);
        double[] bases = features.bases(origin, horizons);
        for (int k = 0; k < horizons.length; k++) {
            rates[k] = features.fromLog(bases[k] + level * Math.exp(-rate * horizons[k]));
        }
    }
}
