package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecentRatesTest {
    private static final double GAP = Double.NaN;

    private static RecentRates of(int kept, int slack, double... rates) {
        RecentRates recent = new RecentRates(kept, slack, 100);
        for (double rate : rates) {
            recent.append(rate);
        }
        return recent;
    }

    @Test
    void meansMaximaAndDeviationsAreOfTheKnownRates() {
        RecentRates recent = of(8, 0, 1, 2, GAP, 6);
        assertThat(recent.end()).isEqualTo(104);
        assertThat(recent.mean(100, 104)).isEqualTo(3);
        assertThat(recent.mean(102, 103)).isNaN();
        assertThat(recent.mean(90, 102)).isEqualTo(1.5); // what is before the first step is not known
        assertThat(recent.largest(100, 103)).isEqualTo(2);
        assertThat(recent.largest(102, 103)).isNaN();
        assertThat(recent.deviation(100, 104)).isCloseTo(Math.sqrt(7), within(1e-12)); // (4 + 1 + 9) / 2
        assertThat(recent.deviation(102, 104)).isNaN();
        assertThat(recent.known(100, 104)).isEqualTo(3);
    }

    @Test
    void theNewestKnownIsLookedForBackwards() {
        RecentRates recent = of(8, 0, GAP, 2, GAP);
        assertThat(recent.newestKnownBefore(103)).isEqualTo(101);
        assertThat(recent.newestKnownBefore(101)).isEqualTo(RecentRates.NONE);
    }

    @Test
    void theOldestGoAndStepsKeepTheirNumbers() {
        SplittableRandom random = new SplittableRandom(1);
        double[] rates = random.doubles(50).toArray();
        RecentRates few = of(10, 7);
        for (int k = 0; k < rates.length; k++) {
            few.append(rates[k]);
            assertThat(few.end() - few.first()).isBetween(Math.min(k + 1, 10), 17);
        }
        RecentRates all = of(50, 0, rates);
        assertThat(few.end()).isEqualTo(all.end());
        for (int from = 140; from < 150; from++) {
            assertThat(few.mean(from, 150)).isCloseTo(all.mean(from, 150), within(1e-12));
            assertThat(few.largest(from, 150)).isEqualTo(all.largest(from, 150));
            assertThat(few.rate(from)).isEqualTo(rates[from - 100]);
        }
    }

    @Test
    void sumsOfEveryStepAreThoseOfTheBlocks() {
        SplittableRandom random = new SplittableRandom(2);
        double[] rates =
                random.doubles(101).map(rate -> rate < 0.1 ? GAP : rate).toArray();
        RateSeries series = RateSeries.of(Instant.EPOCH, new Step(60), rates);
        RecentRates ofHistory = RecentRates.of(new LearningHistory(series, TrafficCalendar.UTC, 1));
        RecentRates appended = new RecentRates(rates.length, 0, 0);
        for (double rate : rates) {
            appended.append(rate);
        }

        for (int from = 0; from < rates.length; from++) {
            for (int to = from; to <= rates.length; to++) {
                assertThat(ofHistory.mean(from, to)).isEqualTo((Double) appended.mean(from, to)); // also both NaN
                assertThat(ofHistory.known(from, to)).isEqualTo(appended.known(from, to));
            }
        }
    }
}
