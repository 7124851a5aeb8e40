package dev.prescale.backtest;

import java.util.Optional;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Moves one headroom knob until the violation minutes are those wanted. More headroom gives fewer violation minutes; a bracket is
 * widened by {@link #STEP}, then narrowed by interpolating logarithms (regula falsi, kept off the ends so that the bracket always
 * shrinks). Replica-hours are interpolated the same way between the two runs that are left.
 */
final class HeadroomSearch {
    /** As many runs at most. */
    static final int MOST_RUNS = 12;

    private static final double STEP = 1.5;
    private static final double LEAST = 0.05;
    private static final double MOST = 40;

    /** Violation minutes within this share of those wanted are equal. */
    private static final double EQUAL_WITHIN = 0.01;

    /** Headrooms this close are equal: one replica more or less decides. */
    private static final double NARROWEST = 1.01;

    private final double wanted;
    private final DoubleFunction<Scorecard.@Nullable Score> run;
    private int runs;

    /**
     * @param wanted violation minutes
     * @param run the score at a headroom; null where the search is to end
     */
    HeadroomSearch(double wanted, DoubleFunction<Scorecard.@Nullable Score> run) {
        this.wanted = wanted;
        this.run = run;
    }

    private record Point(double headroom, Scorecard.Score score) {
        double violations() {
            return score.violationMinutes();
        }
    }

    /** @param asIs the score at headroom 1 */
    Optional<BacktestResult.EqualService> from(Scorecard.Score asIs) {
        Point few = new Point(1, asIs); // violations, at most those wanted
        Point many = few; // at least those wanted
        while (few.violations() > wanted && !isEqual(few) && few.headroom() < MOST && runs < MOST_RUNS) {
            many = few;
            Scorecard.Score score = at(few.headroom() * STEP);
            if (score == null) {
                return Optional.empty();
            }
            few = new Point(few.headroom() * STEP, score);
        }
        while (many.violations() <= wanted && !isEqual(many) && many.headroom() > LEAST && runs < MOST_RUNS) {
            few = many;
            Scorecard.Score score = at(many.headroom() / STEP);
            if (score == null) {
                return Optional.empty();
            }
            many = new Point(many.headroom() / STEP, score);
        }
        String policy = asIs.policy();
        if (few.violations() > wanted && !isEqual(few)) {
            return Optional.of(new BacktestResult.EqualService(policy, few.violations(), null));
        }
        while (!isEqual(few) && !isEqual(many) && few.headroom() > many.headroom() * NARROWEST && runs < MOST_RUNS) {
            double headroom = between(many, few);
            Scorecard.Score score = at(headroom);
            if (score == null) {
                return Optional.empty();
            }
            Point middle = new Point(headroom, score);
            if (middle.violations() > wanted) {
                many = middle;
            } else {
                few = middle;
            }
        }
        return Optional.of(new BacktestResult.EqualService(policy, wanted, hours(many, few)));
    }

    private Scorecard.@Nullable Score at(double headroom) {
        runs++;
        return run.apply(headroom);
    }

    /** None wanted is reached by a wide margin too: only a narrow bracket tells what it takes. */
    private boolean isEqual(Point point) {
        return wanted > 0 && Math.abs(point.violations() - wanted) <= EQUAL_WITHIN * wanted;
    }

    /** Where a straight line through the logarithms meets what is wanted, in the middle three fifths of the bracket. */
    private double between(Point many, Point few) {
        double share = Math.clamp(share(many, few), 0.2, 0.8);
        return many.headroom() * Math.pow(few.headroom() / many.headroom(), share);
    }

    /** How far from many to few violations the wanted ones lie, 0 to 1; half a minute keeps the logarithm of none finite. */
    private double share(Point many, Point few) {
        double range = Math.log(many.violations() + 0.5) - Math.log(few.violations() + 0.5);
        return range <= 0 ? 1 : (Math.log(many.violations() + 0.5) - Math.log(wanted + 0.5)) / range;
    }

    private double hours(Point many, Point few) {
        double share = Math.clamp(share(many, few), 0, 1);
        return many.score().replicaHours()
                * Math.pow(few.score().replicaHours() / many.score().replicaHours(), share);
    }
}
