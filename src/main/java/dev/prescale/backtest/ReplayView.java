package dev.prescale.backtest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The read side of a replay that is running, for pages. Never blocks. */
public interface ReplayView {
    /** How far the replay is; empty where none runs. */
    Optional<Progress> progress();

    /**
     * @param now simulated time
     * @param day simulated days that have ended
     * @param days simulated days in all
     * @param scorecards one per trace up to the end of the last full day, empty before it
     */
    record Progress(Instant now, int day, int days, List<Scorecard> scorecards) {
        public Progress {
            scorecards = List.copyOf(scorecards);
        }
    }
}
