package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.time.Instant;

/** Numbers the steps of a grid since the epoch, so that a step keeps its number whatever history it is seen in. */
final class StepNumbers {
    private StepNumbers() {}

    /** Number of the step that begins at the instant, or that the instant is in where a grid is off the whole multiples. */
    static int of(Instant start, Step step) {
        return Math.toIntExact(Math.floorDiv(start.getEpochSecond(), (long) step.seconds()));
    }
}
