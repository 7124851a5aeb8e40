package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.util.Comparator;

/** What a tuning makes least, and what may not be exceeded meanwhile. */
public record TuningGoal(Objective objective, Limit limit) {
    /** As it is now, and better. */
    public static TuningGoal noWorseThanNow(Objective objective) {
        return new TuningGoal(objective, new OfPresent(1));
    }

    /** What is made least. */
    public enum Objective {
        /** Cost, with violation minutes limited. */
        COST,
        /** Violation minutes, with the cost limited. */
        VIOLATIONS
    }

    /** Of violation minutes or of cost, whichever is not the objective. */
    public sealed interface Limit {}

    /** @param amount violation minutes or replica-hours of cost in a day, at least 0 */
    public record PerDay(double amount) implements Limit {
        public PerDay {
            Require.that(amount >= 0 && Double.isFinite(amount), "the limit must be >= 0 a day, was %s", amount);
        }
    }

    /** @param share of what the present settings have on the same days, above 0 */
    public record OfPresent(double share) implements Limit {
        public OfPresent {
            Require.that(share > 0 && Double.isFinite(share), "the limit must be above 0, was %s", share);
        }
    }

    /** @param present on the days that the aim is for */
    Aim on(TuningScore present) {
        Outlook now = Outlook.of(present);
        double amount =
                switch (limit) {
                    case PerDay given -> given.amount();
                    case OfPresent given ->
                        given.share() * (objective == Objective.COST ? now.violations() : now.cost());
                };
        return new Aim(objective, amount);
    }

    /**
     * What settings did or are thought to do in a day.
     *
     * @param cost in replica-hours
     * @param violations minutes
     */
    record Outlook(double cost, double violations) {
        static Outlook of(TuningScore score) {
            return new Outlook(score.costPerDay(), score.violationMinutesPerDay());
        }
    }

    /**
     * Orders outlooks, the best first: by how far the limit is exceeded, by the objective, and by what is limited.
     *
     * @param limitPerDay of what is not the objective
     */
    record Aim(Objective objective, double limitPerDay) implements Comparator<Outlook> {
        private static final double ROUNDING = 1e-9;

        /** What is made least. */
        double objectiveOf(Outlook outlook) {
            return objective == Objective.COST ? outlook.cost() : outlook.violations();
        }

        /** What is limited. */
        double limitedOf(Outlook outlook) {
            return objective == Objective.COST ? outlook.violations() : outlook.cost();
        }

        double excessOf(Outlook outlook) {
            double excess = limitedOf(outlook) - limitPerDay;
            return excess > ROUNDING * Math.max(1, limitPerDay) ? excess : 0;
        }

        boolean isWithin(Outlook outlook) {
            return excessOf(outlook) == 0;
        }

        @Override
        public int compare(Outlook one, Outlook other) {
            return Comparator.comparingDouble(this::excessOf)
                    .thenComparingDouble(this::objectiveOf)
                    .thenComparingDouble(this::limitedOf)
                    .compare(one, other);
        }
    }
}
