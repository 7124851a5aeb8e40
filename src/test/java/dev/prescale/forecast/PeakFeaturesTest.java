package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class PeakFeaturesTest {
    private static final double C = 0.1;
    private static final int DAY = 1440;

    private static LearningHistory minutes(int count, IntToDoubleFunction rate) {
        return new LearningHistory(Rates.of(Rates.MINUTE, count, rate), TrafficCalendar.UTC, 1);
    }

    private static PeakFeatures features(int count, IntToDoubleFunction rate) {
        return new PeakFeatures(minutes(count, rate), Duration.ofMinutes(3), C);
    }

    private static double[] row(PeakFeatures features, int t) {
        double[] row = new double[PeakFeatures.COUNT];
        features.fill(t, row);
        return row;
    }

    @Test
    void meansAndMaximaAreLogRatiosToTheLevelOfFortyMinutes() {
        PeakFeatures features = features(60, t -> t == 59 ? 20 : 10);
        double level = (39 * 10 + 20) / 40.0;
        assertThat(features.level(60)).isCloseTo(level, within(1e-12));
        double[] row = row(features, 60);
        assertThat(row[0]).isCloseTo(Math.log((20 + C) / (level + C)), within(1e-12)); // last minute
        assertThat(row[1]).isCloseTo(Math.log((40 / 3.0 + C) / (level + C)), within(1e-12)); // last three
        assertThat(row[5]).isCloseTo(0, within(1e-12)); // last forty
        assertThat(row[PeakFeatures.MEANS]).isCloseTo(row[0], within(1e-12)); // largest of twenty
        // one 20 among nineteen 10: a standard deviation of sqrt(95 / 19)
        assertThat(row[PeakFeatures.COUNT - 4]).isCloseTo(Math.sqrt(5) / (level + C), within(1e-12));
        assertThat(row[PeakFeatures.COUNT - 2]).isCloseTo(60.0 / DAY, within(1e-12));
        assertThat(row[PeakFeatures.COUNT - 1]).isEqualTo(1);
    }

    @Test
    void yesterdaysPeakOverTheSameWindowIsAFeatureAndAnUnknownWeekIsZero() {
        PeakFeatures features = features(2 * DAY, t -> t == DAY + 2 ? 30 : 10);
        assertThat(row(features, 2 * DAY)[PeakFeatures.DAY_PEAK])
                .isCloseTo(Math.log((30 + C) / (10 + C)), within(1e-12));
        assertThat(row(features, 2 * DAY)[PeakFeatures.WEEK_PEAK]).isZero();
        assertThat(row(features, 2 * DAY - 1)[PeakFeatures.DAY_PEAK]).isCloseTo(0, within(1e-12)); // ends before it
    }

    @Test
    void ofAWindowThatBeginsLaterYesterdaysIsTheSameOne() {
        LearningHistory history = minutes(2 * DAY, t -> t == DAY + 12 ? 30 : 10);
        PeakFeatures features = new PeakFeatures(history, new PeakSpan(10, 3), C);
        assertThat(row(features, 2 * DAY)[PeakFeatures.DAY_PEAK])
                .isCloseTo(Math.log((30 + C) / (10 + C)), within(1e-12));
        // DAY + 12 lies before the window of DAY + 5, which begins with DAY + 15
        LearningHistory longer = minutes(2 * DAY + 5, t -> t == DAY + 12 ? 30 : 10);
        assertThat(row(new PeakFeatures(longer, new PeakSpan(10, 3), C), 2 * DAY + 5)[PeakFeatures.DAY_PEAK])
                .isCloseTo(0, within(1e-12));
        assertThat(features.peak(DAY + 2)).isEqualTo(30);
        assertThat(features.peak(DAY + 3)).isEqualTo(10);
        assertThat(features.peak(2 * DAY - 10)).isNaN();
    }

    @Test
    void featuresReadNothingFromTheirStepOn() {
        double[] before = row(features(2 * DAY, t -> 10 + t % 7), DAY + 500);
        double[] changed = row(features(2 * DAY, t -> t < DAY + 500 ? 10 + t % 7 : 99), DAY + 500);
        assertThat(changed).isEqualTo(before);
    }

    @Test
    void theLevelOfALongGapIsThatOfTheHoursBefore() {
        PeakFeatures features = features(100, t -> t < 50 ? 10 : Double.NaN);
        assertThat(features.level(100)).isEqualTo(10);
        assertThat(row(features, 100)[0]).isZero();
    }

    @Test
    void aFeatureStaysWithinFour() {
        assertThat(row(features(60, t -> t == 59 ? 0 : 1000), 60)[0]).isEqualTo(-4);
    }

    @Test
    void thePeakOfAWindowNeedsMoreThanHalfOfIt() {
        PeakFeatures features = features(12, t -> t == 10 || t == 7 || t == 8 ? Double.NaN : t);
        assertThat(features.peak(3)).isEqualTo(5);
        assertThat(features.peak(9)).isEqualTo(11); // two of three
        assertThat(features.peak(6)).isNaN(); // one of three
    }

    @Test
    void theOffsetIsHalfARequestPerMinuteOrHalfOfTheMean() {
        assertThat(PeakFeatures.offsetOf(minutes(10, t -> 10))).isEqualTo(0.5 / 60);
        assertThat(PeakFeatures.offsetOf(minutes(10, t -> 0.004))).isCloseTo(0.002, within(1e-15));
        assertThat(PeakFeatures.offsetOf(minutes(10, t -> 0))).isEqualTo(0.5 / 60);
    }
}
