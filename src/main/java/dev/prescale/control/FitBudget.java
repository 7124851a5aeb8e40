package dev.prescale.control;

import java.util.concurrent.atomic.AtomicInteger;

/** How many forecasts may still be made anew in this cycle, so that a fleet that begins at once does not overrun it. */
final class FitBudget {
    private final int perCycle;
    private final AtomicInteger left = new AtomicInteger();

    FitBudget(int perCycle) {
        this.perCycle = perCycle;
        refill();
    }

    void refill() {
        left.set(perCycle);
    }

    /** Takes one, where there is one left. */
    boolean take() {
        return left.getAndUpdate(fits -> Math.max(0, fits - 1)) > 0;
    }
}
