package dev.prescale.adapter.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A lease of 15 s with a safety of 5.5 s, on a clock that starts anywhere. */
class OwnLeaseTest {
    private static final long START = Long.MAX_VALUE - 3;

    private final ElectionSettings settings = ElectionSettings.of(8, Duration.ofSeconds(15), Duration.ofMillis(5_500));
    private final OwnLease own = new OwnLease("a-1", settings, new SplittableRandom(1), START);

    @Test
    void aRenewalHoldsFromWhenItWasBegun() {
        assertThat(due(0)).isEqualTo(new Write.Enroll("a-1", false));
        own.answered(new Write.Written(101), at(4_000));

        assertThat(own.isValid(at(9_499))).isTrue();
        assertThat(own.isValid(at(9_500))).isFalse();
    }

    @Test
    void itIsRenewedAQuarterOfALeaseAfterTheLastBegan() {
        due(0);
        own.answered(new Write.Written(101), at(1_000));

        assertThat(due(3_749)).isNull();
        assertThat(due(3_750)).isEqualTo(new Write.Renew("a-1", false));
        assertThat(due(9_000)).isNull(); // there is one under way
    }

    @Test
    void whoDoesNotHearItselfFallsSilentUntilItListsAnew() {
        due(0);
        own.answered(new Write.Written(101), at(0));
        due(3_750);
        own.answered(new Write.Written(102), at(3_750));
        assertThat(due(7_500)).isNull(); // half a lease after the first was written

        own.listen(at(8_000));

        assertThat(due(8_000)).isEqualTo(new Write.Renew("a-1", false));
    }

    @Test
    void aLeaseThatIsGoneIsLost() {
        due(0);
        assertThat(own.answered(new Write.Written(101), at(0))).isFalse();
        due(3_750);

        assertThat(own.answered(new Write.Gone(), at(3_800))).isTrue();
    }

    private Write due(int millis) {
        return own.due(false, new Alarm(at(millis), settings.lease())).orElse(null);
    }

    private static long at(int millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }
}
