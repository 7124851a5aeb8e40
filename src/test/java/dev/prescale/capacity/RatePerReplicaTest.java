package dev.prescale.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatePerReplicaTest {
    private static final RatePerReplica TEN_PER_REPLICA = new RatePerReplica(10, 0.7);

    @ParameterizedTest(name = "{0} req/s at utilization {1} -> {2}")
    @CsvSource({
        "0, 1, 0",
        "0.001, 1, 1",
        "10, 1, 1",
        "10.1, 1, 2",
        "44, 1, 5",
        "35, 0.7, 5",
        "35.1, 0.7, 6",
    })
    void replicasAreTheRateOverTheCapacityThatIsUsedRoundedUp(double rate, double utilization, int replicas) {
        assertThat(TEN_PER_REPLICA.replicasFor(rate, utilization)).isEqualTo(replicas);
    }

    @Test
    void theLastBitOfADivisionAddsNoReplica() {
        // 12 * 0.7 is 8.399999999999999 in binary, so that 84 of it are 10.000000000000002
        assertThat(new RatePerReplica(12, 0.7).replicasFor(84, 0.7)).isEqualTo(10);
    }

    @Test
    void aRateBeyondAllReplicasIsTheLargestNumberAndNoOverflow() {
        assertThat(new RatePerReplica(1e-6, 1).replicasFor(1e9, 1)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void replicasSustainTheirCapacityTimesTheirNumber() {
        assertThat(TEN_PER_REPLICA.sustainedBy(4)).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.1})
    void aRateThatIsNoRateIsRefused(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TEN_PER_REPLICA.replicasFor(rate, 1))
                .withMessage("load must be finite and >= 0, was %s", rate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, -1, 1e10})
    void aCapacityOutsideItsRangeIsRefused(double requestRate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RatePerReplica(requestRate, 1))
                .withMessage("requestRate must be in (0, 1e9] req/s, was %s", requestRate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, -0.5, 1.01})
    void aUtilizationOutsideItsRangeIsRefused(double utilization) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RatePerReplica(10, utilization))
                .withMessage("targetUtilization must be in (0, 1], was %s", utilization);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TEN_PER_REPLICA.replicasFor(1, utilization))
                .withMessage("utilization must be in (0, 1], was %s", utilization);
    }

    @Test
    void noNumberOfReplicasIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CapacityModel.ceilToReplicas(Double.NaN));
    }
}
