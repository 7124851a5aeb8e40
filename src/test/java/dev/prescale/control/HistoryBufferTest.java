package dev.prescale.control;

import static dev.prescale.testing.Specs.MINUTE;
import static dev.prescale.testing.Specs.countsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.RateHistory.Samples;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryBufferTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");
    private static final TrafficSource SOURCE = countsOf("shop");

    private HistoryBuffer buffer;

    @BeforeEach
    void emptyBufferOfTwoHours() {
        buffer = new HistoryBuffer(SOURCE, Duration.ofHours(2), 10);
    }

    @Test
    void firstReadAsksForTheWholeHistoryUpToTheLastFullStep() {
        assertThat(buffer.nextQuery(NOON.plusSeconds(44))).isEqualTo(new Query(SOURCE, NOON.minusSeconds(7200), NOON));
    }

    @Test
    void laterReadsAskForWhatIsNewAndTheLastTenStepsAgain() {
        buffer.accept(samples(NOON.minusSeconds(7200), 120), NOON);

        assertThat(buffer.nextQuery(NOON.plusSeconds(185)))
                .isEqualTo(new Query(SOURCE, NOON.minusSeconds(600), NOON.plusSeconds(180)));
    }

    @Test
    void anOutageLongerThanTheHistoryIsNotReadAgainInFull() {
        buffer.accept(samples(NOON.minusSeconds(7200), 120), NOON);
        Instant nextDay = NOON.plus(Duration.ofDays(1));

        assertThat(buffer.nextQuery(nextDay).from()).isEqualTo(nextDay.minus(Duration.ofHours(2)));
    }

    @Test
    void lateSamplesReplaceWhatWasReadBefore() {
        buffer.accept(new Samples(RateSeries.of(NOON, MINUTE, 1, 2, 3)), NOON.plusSeconds(180));

        RateReading reading =
                buffer.accept(new Samples(RateSeries.of(NOON.plusSeconds(60), MINUTE, 2, 9, 4)), NOON.plusSeconds(240));

        assertThat(buffer.series(NOON).rates()).containsExactly(1, 2, 9, 4);
        assertThat(reading).isEqualTo(new RateReading.Known(4));
    }

    @Test
    void aRateAMillionTimesAboveAllThatWasSeenIsMissingAndTeachesNothing() {
        buffer.accept(new Samples(RateSeries.of(NOON, MINUTE, 20, 20)), NOON.plusSeconds(120));

        RateReading reading =
                buffer.accept(new Samples(RateSeries.of(NOON.plusSeconds(60), MINUTE, 20, 3e7)), NOON.plusSeconds(180));

        assertThat(reading)
                .isEqualTo(new RateReading.Failed("3.00e+07 req/s is more than a million times what was ever seen"));
        assertThat(buffer.series(NOON).rates()).containsExactly(20, 20, Double.NaN);
        assertThat(buffer.accept(
                        new Samples(RateSeries.of(NOON.plusSeconds(120), MINUTE, 3e7, 21)), NOON.plusSeconds(240)))
                .isEqualTo(new RateReading.Known(21));
    }

    @Test
    void aRateMayRiseFromNothingToWhatAMillionReplicasServe() {
        buffer.accept(new Samples(RateSeries.of(NOON, MINUTE, 0, 0)), NOON.plusSeconds(120));

        assertThat(buffer.accept(
                        new Samples(RateSeries.of(NOON.plusSeconds(120), MINUTE, 9_999_999)), NOON.plusSeconds(180)))
                .isEqualTo(new RateReading.Known(9_999_999));
    }

    @Test
    void aReadThatSaysNothingNewKeepsTheVerySameSeries() {
        buffer.accept(new Samples(RateSeries.of(NOON, MINUTE, 1, 2, 3)), NOON.plusSeconds(180));
        RateSeries before = buffer.series(NOON);

        buffer.accept(new Samples(RateSeries.of(NOON.plusSeconds(60), MINUTE, 2, 3)), NOON.plusSeconds(195));

        assertThat(buffer.series(NOON)).isSameAs(before);
    }

    @Test
    void noRowsAreNoDataBeforeTheFirstSampleAndStaleAfterIt() {
        assertThat(buffer.accept(new RateHistory.Empty(), NOON)).isEqualTo(new RateReading.NoData());
        assertThat(buffer.isFilled()).isFalse();

        buffer.accept(new Samples(RateSeries.of(NOON, MINUTE, 1)), NOON.plusSeconds(60));

        assertThat(buffer.accept(new RateHistory.Empty(), NOON.plusSeconds(660)))
                .isEqualTo(new RateReading.Stale(Duration.ofMinutes(10)));
    }

    @Test
    void aFailureKeepsWhatIsKnown() {
        buffer.accept(new Samples(RateSeries.of(NOON, MINUTE, 5)), NOON.plusSeconds(60));

        assertThat(buffer.accept(new RateHistory.Failed("refused"), NOON.plusSeconds(120)))
                .isEqualTo(new RateReading.Failed("refused"));
        assertThat(buffer.series(NOON).rates()).containsExactly(5);
    }

    @Test
    void historyIsCutToItsLengthOnceItIsADayLonger() {
        buffer.accept(samples(NOON, 60 * 26), NOON.plus(Duration.ofHours(26)));
        assertThat(buffer.series(NOON).size()).isEqualTo(60 * 26);

        buffer.accept(samples(NOON.plus(Duration.ofHours(26)), 1), NOON.plus(Duration.ofHours(27)));
        assertThat(buffer.series(NOON).size()).isEqualTo(120);
    }

    private static RateHistory.Answer samples(Instant start, int minutes) {
        return new Samples(RateSeries.of(start, MINUTE, new double[minutes]));
    }
}
