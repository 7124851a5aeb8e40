package dev.prescale.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A backtest as it is at present.
 *
 * @param status {@code Running} from its acceptance, {@code Done} or {@code Failed} in the end
 * @param progress share of the work that is done, 0 to 1; never falls
 * @param detail why it failed, else left out
 * @param result only of one that is done; its fields stand beside the others
 */
@Schema(name = "Backtest")
record BacktestState(
        String id,
        Status status,
        double progress,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String detail,
        @JsonUnwrapped @Nullable ReplayResult result) {
    /** Named as they are written. */
    @Schema(name = "BacktestStatus")
    enum Status {
        Running,
        Done,
        Failed
    }

    static BacktestState running(String id, double progress) {
        return new BacktestState(id, Status.Running, progress, null, null);
    }

    BacktestState done(ReplayResult found) {
        return new BacktestState(id, Status.Done, 1, null, found);
    }

    BacktestState failed(String why) {
        return new BacktestState(id, Status.Failed, progress, why, null);
    }

    boolean hasEnded() {
        return status != Status.Running;
    }
}
