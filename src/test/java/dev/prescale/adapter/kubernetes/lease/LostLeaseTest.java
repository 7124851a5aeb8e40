package dev.prescale.adapter.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One replica and one bucket, step by step: what happens too seldom in the simulation. */
class LostLeaseTest {
    private final ElectionSettings settings = ElectionSettings.of(1, Duration.ofSeconds(15), Duration.ofMillis(5_500));
    private final Iterator<String> ids = List.of("a-1", "a-2").iterator();
    private final Election election = new Election(settings, ids::next, new SplittableRandom(1), 0);
    private long version = 100;

    @BeforeEach
    void oneActs() {
        election.hearAll(List.of(bucket("")), version, 0);
        serve(0, 40);
        assertThat(election.acts(0, at(40))).isTrue();
    }

    @Test
    void whoLostItsLeaseHoldsNothingUnderTheNextName() {
        election.vanish(own("a-1"), at(41));
        assertThat(election.acts(0, at(41))).isFalse();

        serve(41, 41);

        assertThat(election.id()).isEqualTo("a-2");
        assertThat(election.status(at(41)).isConfirmed()).isTrue();
        assertThat(election.acts(0, at(41))).isFalse();
        // the old name counts for one lease from when it was seen as a holder without a Lease
        serve(42, 70);
        assertThat(election.acts(0, at(70))).isTrue();
    }

    @Test
    void aHolderWithoutALeaseCountsForOneLease() {
        election.hear(bucket("ghost-1"), at(41));
        assertThat(election.acts(0, at(41))).isFalse();

        serve(41, 55);
        assertThat(election.acts(0, at(55))).isFalse();
        serve(56, 57);

        assertThat(election.acts(0, at(57))).isTrue();
    }

    /** Every write succeeds and is seen at once. */
    private void serve(int fromSecond, int toSecond) {
        for (int second = fromSecond; second <= toSecond; second++) {
            for (Write write : election.due(at(second))) {
                Seen seen = write instanceof Write.Take take ? bucket(take.id()) : own(write.id());
                election.answered(write, new Write.Written(seen.version()), at(second));
                election.hear(seen, at(second));
            }
        }
    }

    private Seen bucket(String holder) {
        return new Seen.Bucket(0, ++version, holder, 0);
    }

    private Seen own(String id) {
        return new Seen.Replica(id, ++version, 0, settings.lease(), 1, false);
    }

    private static long at(int second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
