package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Spikes and dips of a slot that come back every day or every week, such as jobs on a schedule. Seasonal states average over
 * a quarter of an hour either way and draw outliers in, so that they never learn one. Of each slot of the day and of the week
 * the last three residuals {@code r = z - b - E} to what states and residual memory say are kept:
 *
 * <pre>
 *   spike = median of the three, where all have one sign and the least is at least max(.3, 4 d); otherwise 0
 * </pre>
 *
 * with {@code d} the running mean absolute residual. The slot of the day is asked first. What is found is added to the base,
 * and taken from {@code z} before states learn from it. For steps below half an hour: longer ones are not averaged. The cost of a step is a handful of operations.
 */
final class RecurrentSpikes {
    private static final int REPEATS = 3;
    private static final int DAYS_PER_WEEK = 7;
    private static final double LEAST_SPIKE = 0.3;
    private static final double DEVIATIONS = 4;
    private static final double DEVIATION_MEMORY_DAYS = 3;

    private final int perDay;
    private final double deviationGain;
    /** The last residuals, three per slot, newest first. */
    private final float[] ofDay;

    private final float[] ofWeek;
    private double deviation;
    private int learned;

    /** @param perDay steps per day */
    RecurrentSpikes(int perDay) {
        this.perDay = perDay;
        this.deviationGain = 1 / (DEVIATION_MEMORY_DAYS * perDay);
        this.ofDay = new float[REPEATS * perDay];
        this.ofWeek = new float[REPEATS * DAYS_PER_WEEK * perDay];
        Arrays.fill(ofDay, Float.NaN);
        Arrays.fill(ofWeek, Float.NaN);
    }

    /**
     * Learns the residual of a step.
     *
     * @param residual {@code r}, not drawn in and without the spike that is known; {@code NaN} where unknown
     */
    void learn(int slotOfWeek, double residual) {
        if (Double.isNaN(residual)) {
            return;
        }
        push(ofDay, slotOfWeek % perDay, residual);
        push(ofWeek, slotOfWeek, residual);
        learned++;
        double drawnIn =
                learned > perDay ? Math.min(Math.abs(residual), 2 * DEVIATIONS * deviation) : Math.abs(residual);
        deviation += Math.max(deviationGain, 1.0 / learned) * (drawnIn - deviation);
    }

    private static void push(float[] residuals, int slot, double residual) {
        int first = REPEATS * slot;
        for (int i = first + REPEATS - 1; i > first; i--) {
            residuals[i] = residuals[i - 1];
        }
        residuals[first] = (float) residual;
    }

    /** What the slot adds to the logarithm of the base, 0 where nothing comes back. */
    double at(int slotOfWeek) {
        double daily = recurrent(ofDay, slotOfWeek % perDay);
        return daily != 0 ? daily : recurrent(ofWeek, slotOfWeek);
    }

    void writeTo(DataOutput out) throws IOException {
        DoubleArrays.write(ofDay, out);
        DoubleArrays.write(ofWeek, out);
        out.writeDouble(deviation);
        out.writeInt(learned);
    }

    void read(DataInput in) throws IOException {
        DoubleArrays.read(ofDay, in);
        DoubleArrays.read(ofWeek, in);
        deviation = in.readDouble();
        learned = in.readInt();
    }

    private double recurrent(float[] residuals, int slot) {
        double a = residuals[REPEATS * slot];
        double b = residuals[REPEATS * slot + 1];
        double c = residuals[REPEATS * slot + 2];
        double least = Math.min(a, Math.min(b, c));
        double most = Math.max(a, Math.max(b, c));
        double needed = Math.max(LEAST_SPIKE, DEVIATIONS * deviation);
        // false with NaN: not yet three
        boolean comesBack = least >= needed || most <= -needed;
        return comesBack ? Math.max(Math.min(a, b), Math.min(Math.max(a, b), c)) : 0;
    }
}
