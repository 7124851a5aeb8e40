package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import dev.prescale.scaling.ScalingDecision;
import java.time.Duration;
import java.time.Instant;

/** What one policy did in a replay of one endpoint, in as few bytes as a chart and a report need. */
public final class ReplayTrack implements Replay.Listener {
    private final String policy;
    private final Instant from;
    private final ReplicaChanges ready;
    private final ReplicaChanges desired;
    private final DecisionTrail trail;

    /**
     * @param from begin of the replay
     * @param to its end
     */
    public ReplayTrack(String policy, Instant from, Instant to) {
        this.policy = policy;
        this.from = from;
        this.ready = new ReplicaChanges();
        this.desired = new ReplicaChanges();
        this.trail = new DecisionTrail(from, to);
    }

    private ReplayTrack(ReplayTrack of) {
        this.policy = of.policy;
        this.from = of.from;
        this.ready = of.ready;
        this.desired = of.desired;
        this.trail = new DecisionTrail(of.from, of.from);
    }

    @Override
    public void minuteScored(EndpointId endpoint, MinuteRow row) {
        int minute = Math.toIntExact(Duration.between(from, row.at()).toMinutes());
        ready.put(minute, row.ready());
        desired.put(minute, row.desired());
    }

    @Override
    public void decided(EndpointId endpoint, String name, ScalingDecision decision, Instant now) {
        trail.decided(decision, now);
    }

    public String policy() {
        return policy;
    }

    /** Begin of the replay. */
    public Instant from() {
        return from;
    }

    /** Ready at the end of a minute of the replay. */
    public int readyAt(int minute) {
        return ready.at(minute);
    }

    /** Asked for at the end of a minute of the replay. */
    public int desiredAt(int minute) {
        return desired.at(minute);
    }

    public int mostReady() {
        return ready.most();
    }

    /** Of a policy that gives no reasons it is empty. */
    public DecisionTrail trail() {
        return trail;
    }

    /** About what it takes in memory. */
    public long bytes() {
        return ready.bytes() + desired.bytes() + trail.bytes();
    }

    /** The same without its trail, which is most of it. */
    public ReplayTrack withoutTrail() {
        return new ReplayTrack(this);
    }
}
