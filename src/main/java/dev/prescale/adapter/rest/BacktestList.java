package dev.prescale.adapter.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Backtests that wait, run, or ended not long ago; the newest first. */
@Schema(name = "Backtests")
record BacktestList(List<Entry> backtests) {
    static BacktestList of(List<BacktestJob> jobs) {
        return new BacktestList(jobs.stream().map(Entry::of).toList());
    }

    /** @param trace name of what is replayed */
    @Schema(name = "BacktestEntry")
    record Entry(String id, String trace, BacktestState.Status status, double progress) {
        private static Entry of(BacktestJob job) {
            BacktestState state = job.state();
            return new Entry(state.id(), job.trace(), state.status(), state.progress());
        }
    }
}
