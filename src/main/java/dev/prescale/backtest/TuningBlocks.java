package dev.prescale.backtest;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The time of a replay cut into contiguous blocks of the same length, to the minute.
 *
 * @param begins of each block, ascending
 * @param to end of the last one
 */
record TuningBlocks(List<Instant> begins, Instant to) {
    static final int FEWEST = 2;

    /** A block must have seen a whole day, or settings are tuned on mornings and tried on evenings. */
    static final Duration SHORTEST = Duration.ofDays(1);

    TuningBlocks {
        begins = List.copyOf(begins);
    }

    /** Throws {@link IllegalArgumentException}, saying what would fit, where the replay is too short for so many. */
    static TuningBlocks of(ReplaySetup setup, int folds) {
        Require.that(folds >= FEWEST, "folds must be at least %s, was %s", FEWEST, folds);
        Duration length = Duration.between(setup.from(), setup.to());
        long most = length.dividedBy(SHORTEST);
        Require.that(
                folds <= most,
                "%s blocks of a day or more do not fit into the %s h from %s to %s: %s",
                folds,
                length.toHours(),
                setup.from(),
                setup.to(),
                most >= FEWEST ? "at most " + most + " folds do" : "a tuning needs two days after the warm-up");
        long minutes = length.toMinutes();
        List<Instant> begins = new ArrayList<>();
        for (int k = 0; k < folds; k++) {
            begins.add(setup.from().plus(Duration.ofMinutes(minutes * k / folds)));
        }
        TuningBlocks blocks = new TuningBlocks(begins, setup.to());
        RateSeries trace = setup.endpoints().getFirst().trace().minutes();
        for (int k = 0; k < folds; k++) {
            Require.that(
                    trace.until(blocks.end(k)).from(blocks.begin(k)).hasSamples(),
                    "the trace has no sample from %s to %s, which is block %s of %s: use other folds or days",
                    blocks.begin(k),
                    blocks.end(k),
                    k + 1,
                    folds);
        }
        return blocks;
    }

    int count() {
        return begins.size();
    }

    Instant begin(int block) {
        return begins.get(block);
    }

    Instant end(int block) {
        return block + 1 < count() ? begins.get(block + 1) : to;
    }
}
