package dev.prescale.scaling;

import dev.prescale.series.Require;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Step scaling: what is done while a metric is inside an interval. The rules of one metric are the intervals of one
 * policy and do not overlap.
 *
 * @param metric a metric of the policy's reactive rules, or {@code requestRate}
 * @param above inclusive lower bound in the metric's own unit, null for none
 * @param below exclusive upper bound in the metric's own unit, null for none
 * @param sustained how long readings must have called for a change in this direction; 0 = the present one suffices
 * @param cooldown how long a step is counted as on its way
 */
public record StepRule(
        String metric,
        @Nullable Double above,
        @Nullable Double below,
        Duration sustained,
        Change change,
        Duration cooldown) {
    public static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(5);
    public static final Duration LONGEST = Duration.ofHours(1);

    public StepRule {
        Require.that(above != null || below != null, "a step of %s needs above or below", metric);
        boolean isReversed = above != null && below != null && above >= below;
        Require.that(!isReversed, "above must be less than below for a step of %s", metric);
        Require.that(
                !sustained.isNegative() && sustained.compareTo(LONGEST) <= 0,
                "for must be 0 to 1 h, was %s",
                sustained);
        Require.that(
                !cooldown.isNegative() && cooldown.compareTo(LONGEST) <= 0,
                "cooldown must be 0 to 1 h, was %s",
                cooldown);
    }

    /** Name of the rule in trails; all intervals of one metric are one rule. */
    public String ruleName() {
        return "step:" + metric;
    }

    public boolean covers(double value) {
        return value >= from() && value < to();
    }

    /** Whether some value is in both intervals. */
    public boolean overlaps(StepRule other) {
        return Math.max(from(), other.from()) < Math.min(to(), other.to());
    }

    private double from() {
        return above == null ? Double.NEGATIVE_INFINITY : above;
    }

    private double to() {
        return below == null ? Double.POSITIVE_INFINITY : below;
    }

    /** Which way a step goes. */
    public enum Direction {
        ADDS,
        REMOVES,
        /** To a fixed number, from either side. */
        SETS
    }

    /** AWS' adjustment types ChangeInCapacity, PercentChangeInCapacity and ExactCapacity. */
    public sealed interface Change {
        Direction direction();

        /** The replicas after the step from so many; not negative. */
        int from(int replicas);

        private static int bounded(long replicas) {
            return (int) Math.clamp(replicas, 0, ScalingPolicy.ReplicaBounds.MOST_REPLICAS);
        }

        private static Direction directionOf(int amount) {
            return amount > 0 ? Direction.ADDS : Direction.REMOVES;
        }

        /** @param amount added, or removed where negative; not 0 */
        record Replicas(int amount) implements Change {
            public Replicas {
                Require.that(amount != 0, "replicas must not be 0");
            }

            @Override
            public Direction direction() {
                return directionOf(amount);
            }

            @Override
            public int from(int replicas) {
                return bounded((long) replicas + amount);
            }

            @Override
            public String toString() {
                return "%+d".formatted(amount);
            }
        }

        /**
         * A share of the replicas there are. As with AWS a change of less than one replica is one, a larger one is cut to
         * whole replicas.
         *
         * @param percent added, or removed where negative; not 0
         * @param minimumMagnitude fewest replicas added or removed
         */
        record Percent(int percent, int minimumMagnitude) implements Change {
            public Percent {
                Require.that(percent != 0, "percent must not be 0");
                Require.that(minimumMagnitude >= 0, "minimumMagnitude must be >= 0, was %s", minimumMagnitude);
            }

            @Override
            public Direction direction() {
                return directionOf(percent);
            }

            @Override
            public int from(int replicas) {
                long share = (long) replicas * percent;
                long whole = share / 100;
                long atLeastOne = share != 0 && whole == 0 ? Long.signum(share) : whole;
                long magnitude = Math.max(Math.abs(atLeastOne), minimumMagnitude);
                return bounded(replicas + Integer.signum(percent) * magnitude);
            }

            @Override
            public String toString() {
                return "%+d %%".formatted(percent) + (minimumMagnitude > 0 ? ", at least " + minimumMagnitude : "");
            }
        }

        record Exact(int replicas) implements Change {
            public Exact {
                Require.that(replicas >= 0, "exact must be >= 0, was %s", replicas);
            }

            @Override
            public Direction direction() {
                return Direction.SETS;
            }

            @Override
            public int from(int present) {
                return replicas;
            }

            @Override
            public String toString() {
                return "exactly " + replicas;
            }
        }
    }
}
