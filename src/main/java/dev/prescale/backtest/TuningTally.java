package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import java.util.ArrayList;
import java.util.List;

/** Scores one replay block by block. */
final class TuningTally implements Replay.Listener {
    private static final double MINUTES_PER_HOUR = 60;

    private final TuningBlocks blocks;
    private final CapacityModel capacity;
    private final double unservedPerIdle;
    private final List<TuningScore> ended = new ArrayList<>();
    private long minutes;
    private double readyMinutes;
    private double missingMinutes;
    private int violationMinutes;

    TuningTally(TuningBlocks blocks, EndpointSpec spec) {
        this.blocks = blocks;
        this.capacity = spec.policy().capacity();
        this.unservedPerIdle = spec.policy().predictive().unservedPerIdle();
    }

    @Override
    public void minuteScored(EndpointId endpoint, MinuteRow row) {
        while (!row.at().isBefore(blocks.end(ended.size()))) {
            endBlock();
        }
        double missing = ReplicaNeed.missingReplicas(capacity, row.demand(), row.ready());
        minutes++;
        readyMinutes += row.ready();
        missingMinutes += missing;
        violationMinutes += missing > 0 ? 1 : 0;
    }

    private void endBlock() {
        ended.add(new TuningScore(
                minutes,
                readyMinutes / MINUTES_PER_HOUR,
                violationMinutes,
                (readyMinutes + (unservedPerIdle + 1) * missingMinutes) / MINUTES_PER_HOUR));
        minutes = 0;
        readyMinutes = 0;
        missingMinutes = 0;
        violationMinutes = 0;
    }

    /** One score per block. Called once, after the replay. */
    List<TuningScore> scores() {
        while (ended.size() < blocks.count()) {
            endBlock();
        }
        return List.copyOf(ended);
    }
}
