package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.backtest.CapacityMix.Prices;
import dev.prescale.control.EndpointId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ten hours: 2 replicas in all of them, 4 in five, 6 in one; a replica sustains 10 req/s, starts take 6 min (0.1 h). */
class CapacityMixTest {
    private static final double EXACT = 1e-9;
    private static final Prices RESERVED = new Prices(1, 0.6, 1, 0);

    private static CapacityMix mix() {
        return new CapacityMix(ReplayFixture.aReplay()
                .minutes(10, 10)
                .startTime(StartTime.constant(Duration.ofMinutes(6)))
                .setup());
    }

    private static CapacityMix tenHours() {
        CapacityMix mix = mix();
        minutes(mix, 300, 2, 20);
        minutes(mix, 240, 4, 40);
        minutes(mix, 60, 6, 60);
        return mix;
    }

    /** Levels 1 and 2 are ready all the time, 3 and 4 half of it, 5 and 6 a tenth: above 0.6 are two. */
    @Test
    void whatIsReadyForMoreThanTheRatioOfPricesIsReserved() {
        MixedCapacity mixed = tenHours().at(RESERVED, "prescale");
        assertThat(mixed.reservedReplicas()).isEqualTo(2);
        assertThat(mixed.replicaHours()).isCloseTo(32, within(EXACT)); // 5 h x 2 + 4 h x 4 + 1 h x 6
        assertThat(mixed.reservedHours()).isCloseTo(20, within(EXACT));
        assertThat(mixed.onDemandHours()).isCloseTo(12, within(EXACT));
        assertThat(mixed.cost()).isCloseTo(2 * 10 * 0.6 + 12, within(EXACT));
        assertThat(mixed.saving()).isCloseTo(1 - 24 / 32.0, within(EXACT));
        assertThat(tenHours().at(new Prices(1, 0.49, 1, 0), "prescale").reservedReplicas())
                .isEqualTo(4);
        assertThat(tenHours().at(new Prices(1, 0.51, 1, 0), "prescale").reservedReplicas())
                .isEqualTo(2);
    }

    /** Never interrupted: every hour above what is reserved is cheaper on spot, and reserving at 0.6 no longer pays. */
    @Test
    void spotThatIsNeverInterruptedTakesAllThatItIsCheaperFor() {
        MixedCapacity mixed = tenHours().at(new Prices(1, 0.6, 0.3, 0), "prescale");
        assertThat(mixed.reservedReplicas()).isZero();
        assertThat(mixed.spotReplicas()).isEqualTo(6);
        assertThat(mixed.cost()).isCloseTo(32 * 0.3, within(EXACT));
        // at 0.25 a replica that is ready all the time is cheaper reserved
        assertThat(tenHours().at(new Prices(1, 0.25, 0.3, 0), "prescale").reservedReplicas())
                .isEqualTo(2);
    }

    /** No replica is ever idle: an interruption misses each spot replica for 0.1 h at 19, that is 1.9 of 1 - 0.3 saved. */
    @Test
    void interruptionsThatCostMoreThanSpotSavesKeepReplicasOnDemand() {
        double breakEven = 0.7 / 1.9;
        assertThat(tenHours()
                        .at(new Prices(1, 1, 0.3, breakEven * 0.99), "prescale")
                        .spotReplicas())
                .isEqualTo(6);
        assertThat(tenHours()
                        .at(new Prices(1, 1, 0.3, breakEven * 1.01), "prescale")
                        .spotReplicas())
                .isZero();
        MixedCapacity mixed = tenHours().at(new Prices(1, 1, 0.3, 0.2), "prescale");
        assertThat(mixed.missingHours()).isCloseTo(32 * 0.2 * 0.1, within(EXACT));
        assertThat(mixed.missingCost()).isCloseTo(32 * 0.2 * 0.1 * 19, within(EXACT));
        assertThat(mixed.cost()).isCloseTo(32 * (0.3 + 0.38), within(EXACT));
    }

    /** Two of the replicas are always idle: the first two on spot are never missed, the third always is. */
    @Test
    void replicasThatWouldHaveBeenIdleMayBeInterrupted() {
        CapacityMix mix = mix();
        minutes(mix, 600, 5, 30);
        MixedCapacity mixed = mix.at(new Prices(1, 1, 0.3, 10), "prescale");
        assertThat(mixed.spotReplicas()).isEqualTo(2);
        assertThat(mixed.missingCost()).isZero();
        assertThat(mixed.onDemandHours()).isCloseTo(30, within(EXACT));
    }

    @Test
    void saysItInSentences() {
        assertThat(tenHours().at(RESERVED, "prescale").sentences())
                .containsExactly(
                        "prescale: reserve 2 replicas and buy the rest on demand: 25 % less than all on demand (24.0 instead of"
                                + " 32.0 for 32.0 replica-hours).",
                        "Of the replica-hours 62.5 % are reserved, 0.0 % on spot and 37.5 % on demand; what is reserved is in"
                                + " use 100 % of the time.");
        assertThat(tenHours().at(new Prices(1, 1, 0.3, 0.2), "hpa").sentences())
                .containsExactly(
                        "hpa: reserve 0 replicas, run up to 6 more on spot and the rest on demand: 32 % less than all on demand"
                                + " (21.8 instead of 32.0 for 32.0 replica-hours).",
                        "Of the replica-hours 0.0 % are reserved, 100.0 % on spot and 0.0 % on demand.",
                        "At 0.2 interruptions an hour spot is expected to miss 0.64 replica-hours, counted as 12.2 of the cost.");
    }

    @Test
    void anEmptyReplayHasNoMix() {
        assertThatThrownBy(() -> mix().at(RESERVED, "prescale")).hasMessage("no minute of prescale was scored");
    }

    private static void minutes(CapacityMix mix, int count, int ready, double demand) {
        for (int k = 0; k < count; k++) {
            mix.minuteScored(
                    new EndpointId("test", "shop"),
                    new MinuteRow(ReplayFixture.FROM.plusSeconds(60L * k), "prescale", demand, ready, ready));
        }
    }
}
