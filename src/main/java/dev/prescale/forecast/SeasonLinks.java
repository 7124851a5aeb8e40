package dev.prescale.forecast;

/** Where a step stands in the day and which steps precede it in the daily and the weekly season. */
interface SeasonLinks {
    /** Local time of day of the step, in [0, 1). */
    double timeOfDay(int t);

    /** The step one daily season before {@code t}, negative where there is none. */
    int dayBefore(int t);

    /** The step one weekly season before {@code t}, negative where there is none. */
    int weekBefore(int t);

    /** The links of a history. */
    static SeasonLinks of(LearningHistory history) {
        return new SeasonLinks() {
            @Override
            public double timeOfDay(int t) {
                return (double) history.slots().slotOfDay(t) / history.step().perDay();
            }

            @Override
            public int dayBefore(int t) {
                return history.dayBefore(t);
            }

            @Override
            public int weekBefore(int t) {
                return history.weekBefore(t);
            }
        };
    }
}
