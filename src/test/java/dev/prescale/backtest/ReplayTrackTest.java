package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a replay for its charts and its report, and how little that is. */
class ReplayTrackTest {
    private static final Instant FROM = Instant.parse("2024-01-02T00:00:00Z");

    @Test
    void replicasAreThoseOfTheLastChange() {
        ReplicaChanges replicas = new ReplicaChanges();
        for (int minute = 0; minute < 10; minute++) {
            replicas.put(minute, minute < 4 ? 3 : 5);
        }
        assertThat(replicas.at(0)).isEqualTo(3);
        assertThat(replicas.at(3)).isEqualTo(3);
        assertThat(replicas.at(4)).isEqualTo(5);
        assertThat(replicas.at(100)).isEqualTo(5);
        assertThat(replicas.most()).isEqualTo(5);
    }

    @Test
    void aDecisionIsKeptWhenItsReplicasOrReasonsChangeButNotWhenItsNumbersDo() {
        DecisionTrail trail = new DecisionTrail(FROM, FROM.plus(Duration.ofMinutes(30)));
        trail.decided(decision(3, 3, ReasonCode.WITHIN_TOLERANCE, "9.9 req/s"), FROM);
        trail.decided(decision(3, 3, ReasonCode.WITHIN_TOLERANCE, "9.8 req/s"), FROM.plusSeconds(15));
        trail.decided(decision(3, 5, ReasonCode.TARGET_TRACKING, "44 req/s"), FROM.plusSeconds(30));
        trail.decided(decision(5, 5, ReasonCode.TARGET_TRACKING, "44 req/s"), FROM.plusSeconds(45));
        assertThat(trail.entries())
                .extracting(DecisionTrail.Entry::at)
                .containsExactly(FROM, FROM.plusSeconds(30), FROM.plusSeconds(45));
        assertThat(trail.at(FROM.minusSeconds(1))).isEmpty();
        assertThat(trail.at(FROM.plusSeconds(44))).contains(trail.entries().get(1));
        assertThat(trail.at(FROM.plusSeconds(999))).contains(trail.entries().get(2));
    }

    @Test
    void ofALongReplayTheLastOfEachKindInEachPartIsKept() {
        Duration length = Duration.ofSeconds(60L * DecisionTrail.SLOTS);
        DecisionTrail trail = new DecisionTrail(FROM, FROM.plus(length));
        for (int second = 0; second < length.toSeconds(); second += 15) {
            int replicas = second % 30 == 0 ? 4 : 3;
            trail.decided(
                    decision(3, replicas, ReasonCode.TARGET_TRACKING, second + " req/s"), FROM.plusSeconds(second));
        }
        assertThat(trail.resolution()).isEqualTo(Duration.ofMinutes(1));
        assertThat(trail.entries()).hasSize(2 * DecisionTrail.SLOTS);
        assertThat(trail.entries().subList(0, 2))
                .extracting(DecisionTrail.Entry::at)
                .containsExactly(FROM.plusSeconds(30), FROM.plusSeconds(45));
    }

    private static ScalingDecision decision(int from, int to, ReasonCode code, String message) {
        return new ScalingDecision(
                from, to, to, List.of(), List.of(new Reason(code, "requestRate", from, to, message)));
    }

    @Test
    void whatWasAskedForAndWhatWasReadyAreKeptApartAndTheTrailCanBeLetGo() {
        ReplayTrack track = new ReplayTrack("prescale", FROM, FROM.plus(Duration.ofHours(1)));
        var endpoint = Specs.anEndpoint("shop").id();
        track.minuteScored(endpoint, new MinuteRow(FROM, "prescale", 10, 4, 2));
        track.minuteScored(endpoint, new MinuteRow(FROM.plusSeconds(180), "prescale", 10, 4, 4));
        track.decided(endpoint, "prescale", decision(2, 4, ReasonCode.TARGET_TRACKING, "44 req/s"), FROM);

        assertThat(track.desiredAt(1)).isEqualTo(4);
        assertThat(track.readyAt(2)).isEqualTo(2);
        assertThat(track.readyAt(3)).isEqualTo(4);
        ReplayTrack lean = track.withoutTrail();
        assertThat(lean.trail().entries()).isEmpty();
        assertThat(lean.readyAt(3)).isEqualTo(4);
        assertThat(lean.bytes()).isLessThan(track.bytes());
    }
}
