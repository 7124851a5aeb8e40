package dev.prescale.backtest;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a tuning found.
 *
 * @param limitPerDay what was not to be exceeded on the whole of the trace: violation minutes, or cost
 * @param present the settings as they are
 * @param recommended those to use, which may be the present ones
 * @param without what the recommended settings did with one key as it is now, by the key; those that were replayed
 * @param verdict why
 * @param frontier settings that no other replayed ones beat in everything, fewest replica-hours first
 * @param folds one per block
 * @param replays how many settings were replayed
 * @param isComplete false where it was stopped
 */
public record TuningResult(
        TuningGoal goal,
        double limitPerDay,
        Candidate present,
        Candidate recommended,
        Map<TuningKnob, TuningScore> without,
        Verdict verdict,
        List<Candidate> frontier,
        List<Fold> folds,
        int replays,
        boolean isComplete) {
    public TuningResult {
        without = Map.copyOf(without);
        frontier = List.copyOf(frontier);
        folds = List.copyOf(folds);
    }

    /** Why the recommended settings are recommended. */
    public enum Verdict {
        /** Others are better, on blocks that they were not tuned on too. */
        BETTER("Better"),
        /** Nothing that was replayed is better than the present settings. */
        PRESENT_IS_BEST("PresentIsBest"),
        /** Others looked better on what they were tuned on, and were not on what they were not: the present ones stay. */
        NOT_CONFIRMED("NotConfirmed"),
        /** No settings kept the limit; recommended are those that exceeded it least. */
        LIMIT_NOT_REACHED("LimitNotReached");

        private final String wireName;

        Verdict(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /**
     * Settings and what they did on the whole of the trace after the warm-up.
     *
     * @param score tuned on, where they were chosen
     */
    public record Candidate(TuningSettings settings, TuningScore score) {}

    /**
     * One block that was held out.
     *
     * @param settings that were best on all other blocks
     * @param tunedOn what they did there
     * @param presentTunedOn what the present settings did there
     * @param heldOut what they did on this block
     * @param presentHeldOut what the present settings did on this block
     */
    public record Fold(
            Instant from,
            Instant to,
            TuningSettings settings,
            TuningScore tunedOn,
            TuningScore presentTunedOn,
            TuningScore heldOut,
            TuningScore presentHeldOut) {}

    /** All blocks, each under settings that were not tuned on it. */
    public TuningScore heldOut() {
        return folds.stream().map(Fold::heldOut).reduce(TuningScore.ZERO, TuningScore::plus);
    }

    /** The same settings on the blocks that they were tuned on. */
    public TuningScore tunedOn() {
        return folds.stream().map(Fold::tunedOn).reduce(TuningScore.ZERO, TuningScore::plus);
    }
}
