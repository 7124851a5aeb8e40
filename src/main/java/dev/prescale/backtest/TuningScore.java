package dev.prescale.backtest;

/**
 * What settings did on some blocks of a trace. Minutes that the trace does not have are left out.
 *
 * @param minutes that were scored
 * @param cost as {@link Scorecard.Score} counts it, in replica-hours
 */
public record TuningScore(long minutes, double replicaHours, double violationMinutes, double cost) {
    static final TuningScore ZERO = new TuningScore(0, 0, 0, 0);
    private static final double MINUTES_PER_DAY = 1_440;

    TuningScore plus(TuningScore other) {
        return new TuningScore(
                minutes + other.minutes,
                replicaHours + other.replicaHours,
                violationMinutes + other.violationMinutes,
                cost + other.cost);
    }

    /** Scored time. */
    public double days() {
        return minutes / MINUTES_PER_DAY;
    }

    public double replicaHoursPerDay() {
        return perDay(replicaHours);
    }

    public double violationMinutesPerDay() {
        return perDay(violationMinutes);
    }

    public double costPerDay() {
        return perDay(cost);
    }

    /** Over scored time: a trace with holes counts as it would without. */
    private double perDay(double total) {
        return total * MINUTES_PER_DAY / minutes;
    }

    /** No better in anything and worse in something. */
    boolean isDominatedBy(TuningScore other) {
        boolean isNoBetter =
                other.replicaHours <= replicaHours && other.violationMinutes <= violationMinutes && other.cost <= cost;
        boolean isWorse =
                other.replicaHours < replicaHours || other.violationMinutes < violationMinutes || other.cost < cost;
        return isNoBetter && isWorse;
    }
}
