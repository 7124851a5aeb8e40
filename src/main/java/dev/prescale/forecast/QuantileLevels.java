package dev.prescale.forecast;

import dev.prescale.series.Require;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Distinct quantile levels in (0, 1), in the order in which they were asked for. Immutable. */
public final class QuantileLevels {
    public static final int MOST = 15;
    public static final QuantileLevels DEFAULT = of(0.5, 0.9, 0.95);

    private final double[] levels;

    private QuantileLevels(double[] levels) {
        this.levels = levels;
    }

    public static QuantileLevels of(double... levels) {
        Require.that(levels.length >= 1 && levels.length <= MOST, "1 to %s levels, were %s", MOST, levels.length);
        Require.that(
                Arrays.stream(levels).distinct().count() == levels.length,
                "levels must be distinct, were %s",
                Arrays.toString(levels));
        for (double level : levels) {
            Require.that(level > 0 && level < 1, "level must be in (0, 1), was %s", level);
        }
        return new QuantileLevels(levels.clone());
    }

    public int size() {
        return levels.length;
    }

    public double get(int index) {
        return levels[index];
    }

    /** Position of a level, -1 where it is not among them. */
    public int indexOf(double level) {
        for (int i = 0; i < levels.length; i++) {
            if (Math.abs(levels[i] - level) < 1e-12) {
                return i;
            }
        }
        return -1;
    }

    /** Position of the level that is nearest to one that may not be among them. */
    public int nearest(double level) {
        int nearest = 0;
        for (int i = 1; i < levels.length; i++) {
            if (Math.abs(levels[i] - level) < Math.abs(levels[nearest] - level)) {
                nearest = i;
            }
        }
        return nearest;
    }

    /** Position of the highest level. */
    public int highest() {
        return nearest(1);
    }

    public double[] toArray() {
        return levels.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantileLevels that && Arrays.equals(levels, that.levels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(levels);
    }

    @Override
    public String toString() {
        return Arrays.stream(levels).mapToObj(Double::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
