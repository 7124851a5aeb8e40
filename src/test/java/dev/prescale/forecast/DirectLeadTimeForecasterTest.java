package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.accuracy.HealthGate;
import dev.prescale.forecast.LeadTimeForecaster.TooShort;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectLeadTimeForecasterTest {
    private static final int DAY = 1440;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.95, 0.5);

    private final LeadTimeForecaster forecaster = new DirectLeadTimeForecaster();

    private LeadTimeModel fit(RateSeries history) {
        return (LeadTimeModel) forecaster.fit(history, TrafficCalendar.UTC, FIVE_MINUTES, LEVELS);
    }

    private static LeadTimeDemand persistence(LeadTimeModel model, RateSeries history) {
        return java.util.Objects.requireNonNull(model.baselinesAt(history).get(PeakSource.PERSISTENCE));
    }

    /** A daily wave between 10 and 50 req/s with noise of +-20 %. */
    private static IntToDoubleFunction wave(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return t -> (30 + 20 * Math.sin(2 * Math.PI * t / DAY)) * (0.8 + 0.4 * random.nextDouble());
    }

    @Test
    void lessThanAnHourIsTooShort() {
        assertThat(forecaster.fit(Rates.of(Rates.MINUTE, 59, t -> 5), TrafficCalendar.UTC, FIVE_MINUTES, LEVELS))
                .isInstanceOf(TooShort.class);
        assertThat(forecaster.fit(
                        Rates.of(Rates.MINUTE, 3 * DAY, t -> t < 3 * DAY - 50 ? Double.NaN : 5),
                        TrafficCalendar.UTC,
                        FIVE_MINUTES,
                        LEVELS))
                .isInstanceOf(TooShort.class);
        assertThat(forecaster.fit(
                        RateSeries.empty(Rates.START, Rates.MINUTE), TrafficCalendar.UTC, FIVE_MINUTES, LEVELS))
                .isInstanceOf(TooShort.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 20})
    void aConstantRateNeedsThatRate(int days) {
        RateSeries history = Rates.of(Rates.MINUTE, days * DAY, t -> 5);
        assertThat(fit(history).demandAt(history).at(0.95)).isCloseTo(5, within(1e-6));
        assertThat(persistence(fit(history), history).at(0.95)).isCloseTo(5, within(1e-6));
    }

    @Test
    void persistenceMultipliesTheNewestRateOutsideOfEvents() {
        // every window of five minutes has the peak 20, after a rate of 10 it is the double
        RateSeries history = Rates.of(Rates.MINUTE, 6 * DAY, t -> t % 2 == 0 ? 20 : 10);
        LeadTimeModel model = fit(history);
        assertThat(persistence(model, history).at(0.95)).isCloseTo(20, within(0.1));
        assertThat(persistence(model, history.slice(0, 6 * DAY - 1)).at(0.95)).isCloseTo(40, within(0.1));

        TrafficCalendar.Event doubled =
                new TrafficCalendar.Event("sale", history.instantAt(6 * DAY - 2), history.instantAt(6 * DAY - 1), 2);
        TrafficCalendar calendar = new TrafficCalendar(ZoneOffset.UTC, Set.of(), List.of(doubled));
        LeadTimeModel informed = (LeadTimeModel) forecaster.fit(history, calendar, FIVE_MINUTES, LEVELS);
        assertThat(persistence(informed, history.slice(0, 6 * DAY - 1)).at(0.95))
                .isCloseTo(20, within(0.1));
    }

    @Test
    void nothingButZerosNeedsNothing() {
        RateSeries history = Rates.of(Rates.MINUTE, 6 * DAY, t -> 0);
        assertThat(fit(history).demandAt(history).at(0.95)).isCloseTo(0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10})
    void theDemandCoversThePeaksThatFollowAtItsLevel(int days) {
        RateSeries all = Rates.of(Rates.MINUTE, (days + 2) * DAY, wave(days));
        LeadTimeModel model = fit(all.slice(0, days * DAY));
        int covered = 0;
        int asked = 0;
        for (int t = days * DAY; t + 5 <= all.size(); t += 3) {
            double demand = model.demandAt(all.slice(0, t)).at(0.95);
            double peak = Math.max(
                    Math.max(
                            Math.max(all.rateAt(t), all.rateAt(t + 1)), Math.max(all.rateAt(t + 2), all.rateAt(t + 3))),
                    all.rateAt(t + 4));
            covered += peak <= demand ? 1 : 0;
            asked++;
        }
        // 959 windows, of which three in five overlap: the standard error of the share is about .01
        assertThat((double) covered / asked).isBetween(0.92, 0.985);
    }

    @Test
    void theDemandRisesBeforeARiseThatComesEveryDay() {
        // at 08:00 the rate jumps from 10 to 40 for an hour
        SplittableRandom random = new SplittableRandom(1);
        RateSeries all = Rates.of(
                Rates.MINUTE, 15 * DAY, t -> (t % DAY / 60 == 8 ? 40 : 10) * (0.95 + 0.1 * random.nextDouble()));
        int before = 14 * DAY + 8 * 60 - 3;
        LeadTimeModel model = fit(all.slice(0, before));
        assertThat(model.demandAt(all.slice(0, before)).at(0.95)).isGreaterThan(25);
        assertThat(model.demandAt(all.slice(0, before - 60)).at(0.95)).isLessThan(15);
    }

    /** From 20 to 170 req/s within five minutes, on workdays at 09:00; days differ by 15 % either way. */
    private static double steepRise(int t, SplittableRandom random) {
        int minute = t % DAY - 9 * 60;
        double risen = t / DAY % 7 >= 5 || minute < 0 || minute > 600 ? 0 : Math.min(1, minute / 5.0);
        double ofDay = 0.85 + 0.3 * new SplittableRandom(t / DAY).nextDouble();
        return ofDay * (20 + 150 * risen) * (0.92 + 0.16 * random.nextDouble());
    }

    @Test
    void aSteepRiseOfEveryWorkdayIsDemandedAsItCame() {
        SplittableRandom random = new SplittableRandom(4);
        RateSeries all = Rates.of(Rates.MINUTE, 22 * DAY, t -> steepRise(t, random));
        int friday = 18 * DAY + 9 * 60;
        LeadTimeModel model = fit(all.slice(0, friday - 30));
        for (int before = 4; before > 0; before--) {
            double peak = all.rateAt(friday - before + 4);
            assertThat(model.demandAt(all.slice(0, friday - before)).at(0.95))
                    .as("%s minutes before", before)
                    .isGreaterThan(0.8 * peak);
        }
        int saturday = friday + DAY;
        assertThat(model.demandAt(all.slice(0, saturday - 1)).at(0.95)).isLessThan(60);
    }

    /** What repeats to the request is said best by what was: from 30 to 120 req/s for 20 minutes at 10:00. */
    @Test
    void trafficThatRepeatsExactlyIsDemandedAsItWas() {
        RateSeries all = Rates.of(Rates.MINUTE, 15 * DAY, t -> t % DAY >= 600 && t % DAY < 620 ? 120 : 30);
        int spike = 14 * DAY + 600;
        LeadTimeModel model = fit(all.slice(0, spike - 60));

        assertThat(model.source()).isIn(PeakSource.DAY_NAIVE, PeakSource.WEEK_NAIVE);
        assertThat(model.demandAt(all.slice(0, spike - 60)).at(0.95)).isCloseTo(30, within(0.3));
        assertThat(model.demandAt(all.slice(0, spike - 4)).at(0.95)).isCloseTo(120, within(1.2));
        assertThat(HealthGate.bootstrapped(0.95, model, all.slice(0, spike - 60))
                        .status()
                        .isTrusted())
                .isTrue();
    }

    @Test
    void levelsAscendInWhateverOrderTheyCome() {
        RateSeries history = Rates.of(Rates.MINUTE, 8 * DAY, wave(3));
        QuantileLevels levels = QuantileLevels.of(0.99, 0.1, 0.95, 0.5);
        LeadTimeModel model = (LeadTimeModel) forecaster.fit(history, TrafficCalendar.UTC, FIVE_MINUTES, levels);
        for (int back = 0; back < 500; back += 7) {
            List<Double> rates =
                    model.demandAt(history.slice(0, history.size() - back)).rates();
            assertThat(List.of(rates.get(1), rates.get(3), rates.get(2), rates.get(0)))
                    .isSorted();
        }
    }

    @Test
    void aHistoryThatBeginsLaterGivesTheSameDemand() {
        RateSeries history = Rates.of(Rates.MINUTE, 12 * DAY, wave(4));
        LeadTimeModel model = fit(history);
        LeadTimeDemand whole = model.demandAt(history);
        LeadTimeDemand moved = model.demandAt(history.slice(2 * DAY, history.size()));
        assertThat(moved).isEqualTo(whole);
        assertThat(whole.origin()).isEqualTo(history.end());
    }

    @Test
    void theSameHistoryGivesTheSameBits() {
        RateSeries history = Rates.of(Rates.MINUTE, 8 * DAY, wave(5));
        assertThat(fit(history).demandAt(history).rates())
                .isEqualTo(fit(history).demandAt(history).rates());
    }

    @Test
    void anOutageIsNotLearnedFrom() {
        RateSeries plain = Rates.of(Rates.MINUTE, 10 * DAY, wave(6));
        RateSeries broken =
                Rates.of(Rates.MINUTE, 10 * DAY, t -> t > 8 * DAY && t < 8 * DAY + 300 ? 0 : plain.rateAt(t));
        double usual = fit(plain).demandAt(plain).at(0.95);
        assertThat(fit(broken).demandAt(broken).at(0.95)).isCloseTo(usual, within(0.15 * usual));
    }

    @Test
    void aBurstIsAnsweredByAtMostFourTimesTheLargestRecentMean() {
        RateSeries history = Rates.of(Rates.MINUTE, 8 * DAY, wave(7));
        RateSeries burst = Rates.changedFrom(history, history.size() - 1, t -> 5000);
        assertThat(fit(history).demandAt(burst).at(0.95)).isBetween(100.0, 4 * 5000.0);
    }

    @Test
    void aTrailingGapIsBridgedByTheNewestSamples() {
        RateSeries history = Rates.of(Rates.MINUTE, 8 * DAY, wave(8));
        LeadTimeModel model = fit(history);
        double known = model.demandAt(history).at(0.95);
        for (int missing : new int[] {3, 60, 3 * 60, 2 * DAY}) {
            RateSeries gap = Rates.changedFrom(history, history.size() - missing, t -> Double.NaN);
            assertThat(model.demandAt(gap).at(0.95)).as("%s minutes", missing).isBetween(known / 3, known * 3);
        }
    }

    @Test
    void gapsAnywhereStillGiveAFiniteDemand() {
        for (long seed = 0; seed < 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            IntToDoubleFunction wave = wave(seed);
            double share = random.nextDouble();
            RateSeries history = Rates.of(
                    new Step(300), 9 * 288, t -> random.nextDouble() < share ? Double.NaN : wave.applyAsDouble(5 * t));
            if (forecaster.fit(history, TrafficCalendar.UTC, FIVE_MINUTES, LEVELS) instanceof LeadTimeModel model) {
                assertThat(model.demandAt(history).at(0.95)).as("seed %s", seed).isBetween(5.0, 250.0);
            }
        }
    }

    @Test
    void anEventInTheWindowMultipliesTheDemand() {
        RateSeries history = Rates.of(Rates.MINUTE, 8 * DAY, t -> 5);
        TrafficCalendar calendar = new TrafficCalendar(
                ZoneOffset.UTC,
                Set.of(),
                List.of(new TrafficCalendar.Event(
                        "launch", history.end().plusSeconds(120), history.end().plusSeconds(3600), 3)));
        LeadTimeModel model = (LeadTimeModel) forecaster.fit(history, calendar, FIVE_MINUTES, LEVELS);
        assertThat(model.demandAt(history).at(0.95)).isCloseTo(15, within(1e-6));
    }
}
