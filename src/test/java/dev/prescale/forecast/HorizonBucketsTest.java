package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.testing.Rates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HorizonBucketsTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "6, 0", "7, 1", "36, 1", "37, 2", "144, 2", "145, 3", "2000, 3"})
    void tenMinuteStepsEndInTheirBucket(int horizon, int bucket) {
        assertThat(new HorizonBuckets(Rates.TEN_MINUTES).bucketOf(horizon)).isEqualTo(bucket);
    }

    @Test
    void theFirstHourIsTheFirstBucketOfHoursToo() {
        assertThat(new HorizonBuckets(Rates.HOUR).bucketOf(1)).isZero();
        assertThat(new HorizonBuckets(Rates.HOUR).bucketOf(2)).isEqualTo(1);
    }

    @Test
    void positionsAreWholeAtTheCentresAndHeldBeyondTheOuterOnes() {
        HorizonBuckets buckets = new HorizonBuckets(Rates.TEN_MINUTES);
        assertThat(buckets.positionOf(1)).isZero();
        assertThat(buckets.positionOf(3)).isZero();
        assertThat(buckets.positionOf(18)).isEqualTo(1);
        assertThat(buckets.positionOf(72)).isEqualTo(2);
        assertThat(buckets.positionOf(216)).isEqualTo(3);
        assertThat(buckets.positionOf(2000)).isEqualTo(3);
        // 6 h are half-way from 3 h to 12 h
        assertThat(buckets.positionOf(36)).isCloseTo(1.5, within(1e-12));
    }
}
