package dev.prescale.datasets;

/** A factor around 1 that wanders: the exponential of a first-order autoregression, {@code x' = a x + s sqrt(1 - a^2) e}. */
final class LogNoise {
    private final Chance chance;
    private final double memory;
    private final double deviation;
    private double state;

    /**
     * @param halfLifeMinutes after which half of a deviation is forgotten
     * @param deviation standard deviation of the logarithm
     */
    LogNoise(Chance chance, double halfLifeMinutes, double deviation) {
        this.chance = chance;
        this.memory = StrictMath.exp(-StrictMath.log(2) / halfLifeMinutes);
        this.deviation = deviation;
        this.state = deviation * chance.normal();
    }

    /** The factor of the next minute. */
    double next() {
        state = memory * state + deviation * StrictMath.sqrt(1 - memory * memory) * chance.normal();
        return StrictMath.exp(state - deviation * deviation / 2);
    }
}
