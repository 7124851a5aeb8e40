package dev.prescale.adapter.report;

import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.Replay;
import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import java.time.Duration;
import java.time.Instant;

/** What one policy did in a replay of one endpoint, in as few bytes as a chart and a report need. */
public final class ReplayTrack implements Replay.Listener {
    private final String policy;
    private final Instant from;
    private final ReadyReplicas ready = new ReadyReplicas();
    private final DecisionTrail trail;

    /**
     * @param from begin of the replay
     * @param to its end
     */
    public ReplayTrack(String policy, Instant from, Instant to) {
        this.policy = policy;
        this.from = from;
        this.trail = new DecisionTrail(from, to);
    }

    @Override
    public void minuteScored(EndpointId endpoint, MinuteRow row) {
        ready.put(Math.toIntExact(Duration.between(from, row.at()).toMinutes()), row.ready());
    }

    @Override
    public void decided(EndpointId endpoint, String name, ScalingDecision decision, Instant now) {
        trail.decided(decision, now);
    }

    public String policy() {
        return policy;
    }

    Instant from() {
        return from;
    }

    /** Ready at the end of a minute of the replay. */
    int readyAt(int minute) {
        return ready.at(minute);
    }

    int mostReady() {
        return ready.most();
    }

    DecisionTrail trail() {
        return trail;
    }
}
