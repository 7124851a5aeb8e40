package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Tells when the level of a series has moved for good, from the residuals {@code e = z - b} of the logarithm to its seasonal
 * base, by a two-sided cumulative sum (Page 1954) over hourly means {@code m}:
 *
 * <pre>
 *   u  = m / s, drawn in to [-3, 3],  s = 1.2533 x running mean of |m|, at least .05
 *   g+ <- max(0, g+ + u - k),  g- <- max(0, g- - u - k);  alarm where one exceeds h, which clears both
 * </pre>
 *
 * {@code 1.2533} makes the mean of absolute values a standard deviation where they are normal. An alarm lasts a day. The cost
 * of a step is a handful of operations.
 */
final class LevelShift {
    /** What the level did. */
    enum Direction {
        NONE,
        UP,
        DOWN
    }

    /** Allowance {@code k}: residuals of ordinary traffic are of one sign for hours, so it is above the textbook's .5. */
    private static final double ALLOWANCE = 1.25;

    /** Decision limit {@code h}, in standard deviations of an hour. */
    private static final double DECISION_LIMIT = 10;

    private static final double LARGEST = 3;
    private static final double LEAST_DEVIATION = 0.05;
    private static final double DEVIATION_FROM_MEAN_ABSOLUTE = Math.sqrt(Math.PI / 2);
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int MEMORY_HOURS = 7 * 24;
    private static final int WARM_UP_HOURS = 24;

    private final int perHour;
    private final int alarmSteps;
    private double sum;
    private int known;
    private int steps;
    private int hours;
    private double meanAbsolute;
    private double above;
    private double below;
    private Direction direction = Direction.NONE;
    private int sinceAlarm;

    LevelShift(Step step) {
        this.perHour = Math.max(1, SECONDS_PER_HOUR / step.seconds());
        this.alarmSteps = step.perDay();
    }

    /** @param residual {@code e} of the next step, {@code NaN} where unknown */
    void feed(double residual) {
        if (direction != Direction.NONE && ++sinceAlarm >= alarmSteps) {
            direction = Direction.NONE;
        }
        if (!Double.isNaN(residual)) {
            sum += residual;
            known++;
        }
        if (++steps == perHour) {
            if (2 * known >= perHour) {
                addHour(sum / known);
            }
            sum = 0;
            known = 0;
            steps = 0;
        }
    }

    private void addHour(double mean) {
        hours++;
        double deviation = Math.max(LEAST_DEVIATION, DEVIATION_FROM_MEAN_ABSOLUTE * meanAbsolute);
        if (hours > WARM_UP_HOURS) {
            double u = Math.clamp(mean / deviation, -LARGEST, LARGEST);
            above = Math.max(0, above + u - ALLOWANCE);
            below = Math.max(0, below - u - ALLOWANCE);
            if (above > DECISION_LIMIT || below > DECISION_LIMIT) {
                direction = above > below ? Direction.UP : Direction.DOWN;
                sinceAlarm = 0;
                above = 0;
                below = 0;
            }
        }
        double drawnIn = hours > WARM_UP_HOURS ? Math.min(Math.abs(mean), LARGEST * deviation) : Math.abs(mean);
        meanAbsolute += Math.max(1.0 / MEMORY_HOURS, 1.0 / hours) * (drawnIn - meanAbsolute);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(sum);
        out.writeInt(known);
        out.writeInt(steps);
        out.writeInt(hours);
        out.writeDouble(meanAbsolute);
        out.writeDouble(above);
        out.writeDouble(below);
        out.writeByte(direction.ordinal());
        out.writeInt(sinceAlarm);
    }

    void read(DataInput in) throws IOException {
        sum = in.readDouble();
        known = in.readInt();
        steps = in.readInt();
        hours = in.readInt();
        meanAbsolute = in.readDouble();
        above = in.readDouble();
        below = in.readDouble();
        direction = Direction.values()[in.readByte()];
        sinceAlarm = in.readInt();
    }

    /** Where the level went in the last day, {@link Direction#NONE} where it stayed. */
    Direction direction() {
        return direction;
    }

    /** Steps since the last alarm; meaningful while there is a direction. */
    int stepsSinceAlarm() {
        return sinceAlarm;
    }
}
