package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnlineLeadTimeTest {
    private static final int DAY = 1440;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final QuantileLevels LEVELS = QuantileLevels.of(0.5, 0.9, 0.95);
    private static final Offset<Double> TIGHT = within(1e-9);

    private final LeadTimeForecaster forecaster = new DirectLeadTimeForecaster();

    private LeadTimeModel fit(RateSeries history) {
        return fit(history, TrafficCalendar.UTC);
    }

    private LeadTimeModel fit(RateSeries history, TrafficCalendar calendar) {
        return (LeadTimeModel) forecaster.fit(history, calendar, FIVE_MINUTES, LEVELS);
    }

    /** A daily wave between 10 and 50 req/s with noise of +-20 %. */
    private static IntToDoubleFunction wave(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return t -> (30 + 20 * Math.sin(2 * Math.PI * t / DAY)) * (0.8 + 0.4 * random.nextDouble());
    }

    /** The wave, told every {@code count} minutes only. */
    private static RateSeries held(int count, int minutes) {
        IntToDoubleFunction wave = wave(count);
        double[] blocks = new double[minutes / count + 1];
        Arrays.setAll(blocks, k -> wave.applyAsDouble(k * count));
        return Rates.of(Rates.MINUTE, minutes, t -> blocks[t / count]);
    }

    private static byte[] written(LeadTimeModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private LeadTimeModel read(byte[] bytes) throws IOException {
        return forecaster.read(new DataInputStream(new ByteArrayInputStream(bytes)), TrafficCalendar.UTC);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 9})
    void aStateReadAgainFromTheHistoryAgreesWithTheOneThatGrew(int days) {
        RateSeries all = Rates.of(Rates.MINUTE, (days + 1) * DAY, wave(days));
        LeadTimeModel model = fit(all.slice(0, days * DAY));
        for (int t = days * DAY; t < all.size(); t += 61) {
            RateSeries known = all.slice(0, t);
            LeadTimeDemand grown = model.demandAt(known);
            LeadTimeDemand revised = model.demandAt(Rates.changedFrom(known, t - 3, k -> 99));
            LeadTimeDemand again = model.demandAt(known);
            for (double level : LEVELS.toArray()) {
                assertThat(again.at(level)).isCloseTo(grown.at(level), TIGHT);
            }
            assertThat(revised.at(0.95)).isGreaterThan(grown.at(0.95));
        }
    }

    @Test
    void anOlderHistoryIsAnsweredAsItWasThen() throws IOException {
        RateSeries all = Rates.of(Rates.MINUTE, 9 * DAY, wave(1));
        LeadTimeModel model = fit(all.slice(0, 8 * DAY));
        RateSeries known = all.slice(0, 8 * DAY + 70);
        LeadTimeDemand then = model.demandAt(known);
        LeadTimeModel later = read(written(model));
        later.demandAt(all.slice(0, 8 * DAY + 100));
        for (double level : LEVELS.toArray()) {
            assertThat(later.demandAt(known).at(level)).isCloseTo(then.at(level), TIGHT);
        }
        assertThat(later.demandAt(all)).isEqualTo(model.demandAt(all));
        // asked for the older one again it answers by what it has learned since
        assertThat(later.demandAt(known)).isEqualTo(read(written(later)).demandAt(known));
        assertThat(later.demandAt(known)).isNotEqualTo(then);
    }

    @Test
    void manyStepsAtOnceAreTakenInAsOneByOne() throws IOException {
        RateSeries all = Rates.of(Rates.MINUTE, 11 * DAY, wave(2));
        LeadTimeModel stepwise = fit(all.slice(0, 8 * DAY));
        LeadTimeModel atOnce = read(written(stepwise));
        for (int t = 8 * DAY; t <= all.size(); t += 7) {
            stepwise.demandAt(all.slice(Math.max(0, t - 3 * DAY), t));
        }
        assertThat(atOnce.demandAt(all)).isEqualTo(stepwise.demandAt(all));
        assertThat(atOnce.baselinesAt(all)).isEqualTo(stepwise.baselinesAt(all));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 9", "10, 9"})
    void aModelThatWasReadGoesOnBitForBit(int held, int days) throws IOException {
        RateSeries all =
                held == 1 ? Rates.of(Rates.MINUTE, (days + 2) * DAY, wave(days)) : held(held, (days + 2) * DAY);
        LeadTimeModel written = fit(all.slice(0, days * DAY));
        written.demandAt(all.slice(0, days * DAY + 333));
        LeadTimeModel read = read(written(written));
        for (int t = days * DAY + 400; t < all.size(); t += 97) {
            RateSeries known = all.slice(0, t);
            assertThat(read.demandAt(known)).isEqualTo(written.demandAt(known));
            assertThat(read.baselinesAt(known)).isEqualTo(written.baselinesAt(known));
        }
        RateSeries known = all.slice(0, all.size() - 50);
        LeadTimeModel refittedRead = (LeadTimeModel) forecaster.refit(read, known, TrafficCalendar.UTC);
        LeadTimeModel refittedWritten = (LeadTimeModel) forecaster.refit(written, known, TrafficCalendar.UTC);
        assertThat(refittedRead.demandAt(all)).isEqualTo(refittedWritten.demandAt(all));
        assertThat(written(refittedRead)).isEqualTo(written(refittedWritten));
    }

    @Test
    void damagedBytesAreRefusedAsSuch() throws IOException {
        byte[] bytes = written(fit(Rates.of(Rates.MINUTE, 2 * DAY, wave(3))));
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length / 2))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(new byte[] {7, 0, 0})).isInstanceOf(IOException.class);
        for (int k = 0; k < 60; k++) {
            byte[] damaged = bytes.clone();
            damaged[k] ^= (byte) 0x80;
            // a flipped bit is a value, or it is noticed
            assertThat(catchThrowable(() -> read(damaged)))
                    .satisfiesAnyOf(
                            fault -> assertThat(fault).isNull(),
                            fault -> assertThat(fault).isInstanceOf(IOException.class));
        }
    }

    @Test
    void aRefitKeepsWhatWasIssued() {
        RateSeries all = Rates.of(Rates.MINUTE, 12 * DAY, wave(4));
        LeadTimeModel first = fit(all.slice(0, 10 * DAY));
        LeadTimeModel second =
                (LeadTimeModel) forecaster.refit(first, all.slice(0, 10 * DAY + 360), TrafficCalendar.UTC);
        assertThat(((CalibratedPeaks) second).issued()).isSameAs(((CalibratedPeaks) first).issued());
        double known = second.demandAt(all.slice(0, 11 * DAY)).at(0.95);
        double fresh =
                fit(all.slice(0, 11 * DAY)).demandAt(all.slice(0, 11 * DAY)).at(0.95);
        assertThat(known).isCloseTo(fresh, within(0.1 * fresh));
    }

    @ParameterizedTest(name = "{0} minutes of history, {1}")
    @CsvSource({
        "60, SEASONAL_GROWTH",
        "360, SEASONAL_GROWTH",
        "1440, SEASONAL_GROWTH",
        "2880, SEASONAL_GROWTH",
        "11520, DIRECT",
        "20160, DIRECT"
    })
    void everyLengthOfHistoryHasADemandThatCovers(int minutes, PeakSource most) {
        RateSeries all = Rates.of(Rates.MINUTE, minutes + DAY, wave(minutes));
        LeadTimeModel model = fit(all.slice(0, minutes));
        int covered = 0;
        int asked = 0;
        for (int t = minutes; t + 5 <= all.size(); t += 3) {
            double demand = model.demandAt(all.slice(Math.max(0, t - 200), t)).at(0.95);
            double peak = 0;
            for (int k = t; k < t + 5; k++) {
                peak = Math.max(peak, all.rateAt(k));
            }
            covered += peak <= demand ? 1 : 0;
            asked++;
        }
        assertThat((double) covered / asked).isBetween(0.88, 0.99);
        assertThat(model.source().ordinal()).isBetween(most.ordinal(), PeakSource.PERSISTENCE.ordinal());
    }

    @Test
    void persistenceSpeaksWhereItLosesLeast() throws IOException {
        // a random walk knows no season: nothing beats the newest value and its spread
        SplittableRandom random = new SplittableRandom(5);
        double[] walk = new double[3 * DAY];
        walk[0] = 100;
        for (int t = 1; t < walk.length; t++) {
            walk[t] = walk[t - 1] * Math.exp(0.05 * (random.nextDouble() - 0.5));
        }
        RateSeries history = Rates.of(Rates.MINUTE, walk.length, t -> walk[t]);
        LeadTimeModel model = fit(history);
        assertThat(model.source()).isEqualTo(PeakSource.PERSISTENCE);
        assertThat(read(written(model)).source()).isEqualTo(PeakSource.PERSISTENCE);
        assertThat(model.demandAt(history)).isEqualTo(model.baselinesAt(history).get(PeakSource.PERSISTENCE));
    }

    @Test
    void aHeldValueIsTheDemandWhileTheWindowEndsInsideIt() {
        RateSeries all = held(15, 9 * DAY);
        LeadTimeModel model = fit(all.slice(0, 8 * DAY));
        for (int block = 0; block < 20; block++) {
            for (int into = 0; into < 15; into++) {
                int t = 8 * DAY + 15 * block + into;
                double demand = model.demandAt(all.slice(0, t)).at(0.95);
                if (into >= 1 && into <= 10) {
                    assertThat(demand).isEqualTo(all.rateAt(t));
                } else if (into > 10) {
                    assertThat(demand).isGreaterThanOrEqualTo(all.rateAt(t - 1));
                }
            }
        }
    }

    @Test
    void aBlockThatDoesNotHoldTellsNothingOfItsRest() {
        RateSeries all = held(15, 9 * DAY);
        int t = 8 * DAY + 5;
        RateSeries moved = Rates.changedFrom(all, t - 2, k -> 500);
        LeadTimeModel model = fit(all.slice(0, 8 * DAY));
        assertThat(model.demandAt(moved.slice(0, t)).at(0.95))
                .isGreaterThan(all.rateAt(t))
                .isNotEqualTo(500);
    }

    @Test
    void heldStepsAreFoundByWhereTheValuesChange() {
        assertThat(HeldSteps.of(held(10, 3 * DAY))).isEqualTo(new HeldSteps(Rates.MINUTE, 10, 0));
        assertThat(HeldSteps.of(held(5, 3 * DAY).slice(3, 3 * DAY)).phase()).isZero();
        RateSeries late = RateSeries.of(
                Rates.START.plusSeconds(120), Rates.MINUTE, held(5, 3 * DAY).rates());
        assertThat(HeldSteps.of(late)).isEqualTo(new HeldSteps(Rates.MINUTE, 5, 2));
        RateSeries early = Rates.changedFrom(late, 4003, k -> 7); // at phase 0
        assertThat(HeldSteps.of(RateSeries.of(late.start(), Rates.MINUTE, early.rates()))
                        .count())
                .isEqualTo(1);
        assertThat(HeldSteps.of(Rates.of(Rates.MINUTE, DAY, wave(1))).count()).isEqualTo(1);
        assertThat(HeldSteps.of(Rates.of(Rates.MINUTE, DAY, t -> 5)).count()).isEqualTo(1);
        assertThat(HeldSteps.of(Rates.changedFrom(held(10, 3 * DAY), 4001, t -> 7))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void blocksOfAHeldSeriesKeepTheirValueToTheBit() {
        RateSeries minutes = Rates.of(Rates.MINUTE, 24, t -> t < 10 ? 0.1 : t < 20 ? 0.7 : 0.3);
        HeldSteps held = new HeldSteps(Rates.MINUTE, 10, 0);
        assertThat(held.blocks(minutes, 9).rates()).containsExactly(0.1, 0.7, 0.3);
        assertThat(held.blocks(minutes.slice(7, 20), 9).rates()).containsExactly(0.1, 0.7);
        assertThat(held.blocks(minutes, 2).start()).isEqualTo(Rates.START.plusSeconds(600));
        assertThat(held.blocks(minutes, 2).step()).isEqualTo(new Step(600));
    }

    @Test
    void anOutageMovesNoCalibration() {
        RateSeries plain = Rates.of(Rates.MINUTE, 9 * DAY, wave(6));
        int outage = 8 * DAY + 200;
        RateSeries broken =
                Rates.of(Rates.MINUTE, plain.size(), t -> t >= outage && t < outage + 180 ? 0 : plain.rateAt(t));
        LeadTimeModel model = fit(plain.slice(0, 8 * DAY));
        LeadTimeModel afterOutage = fit(plain.slice(0, 8 * DAY));
        for (int t = 8 * DAY; t <= plain.size(); t++) {
            model.demandAt(plain.slice(t - 120, t));
            afterOutage.demandAt(broken.slice(t - 120, t));
        }
        double usual = model.demandAt(plain).at(0.95);
        assertThat(afterOutage.demandAt(broken).at(0.95)).isCloseTo(usual, within(0.05 * usual));
    }

    @Test
    void theHourBeforeAnIncidentIsForgottenOnceItIsOne() {
        RateSeries plain = Rates.of(Rates.MINUTE, 9 * DAY, wave(6));
        int outage = 8 * DAY + 200;
        RateSeries broken = Rates.changedFrom(plain, outage, t -> 0);
        CalibratedPeaks model = (CalibratedPeaks) fit(plain.slice(0, 8 * DAY));
        model.demandAt(broken.slice(0, outage));
        int before = model.issued().errorCount();
        model.demandAt(broken.slice(0, outage + 59));
        assertThat(model.issued().errorCount()).isGreaterThanOrEqualTo(before);
        model.demandAt(broken.slice(0, outage + 60));
        // the hour before had eight or nine of them; older ones may go as new ones come
        assertThat(model.issued().errorCount()).isLessThan(before);
    }

    @Test
    void theDayAheadOfASpringChangeFollowsTheClock() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        // 31 March 2024 is a day of 23 hours; traffic jumps from 10 to 40 at 08:00 for an hour
        RateSeries all = Rates.of(Rates.MINUTE, 91 * DAY, t -> {
            int local = Rates.START.plusSeconds(60L * t).atZone(berlin).getHour();
            return local == 8 ? 40 : 10 + t % 3;
        });
        int fitted = (int) Duration.between(
                        Rates.START,
                        LocalDate.of(2024, 3, 31).atStartOfDay(berlin).toInstant())
                .toMinutes();
        LeadTimeModel model = fit(all.slice(0, fitted), TrafficCalendar.in(berlin));
        int before = fitted + 7 * 60 - 3; // 07:57
        assertThat(model.demandAt(all.slice(0, before)).at(0.95)).isGreaterThan(25);
        assertThat(model.demandAt(all.slice(0, before - 60)).at(0.95)).isLessThan(15);
    }

    @Test
    void aHolidayAheadFollowsASunday() {
        LocalDate holiday = LocalDate.of(2024, 1, 24);
        IntToDoubleFunction weekly = t -> t / DAY % 7 == 6 || t / DAY == 23 ? 10 : t % DAY / 60 == 8 ? 40 : 10;
        RateSeries all = Rates.of(Rates.MINUTE, 24 * DAY, t -> weekly.applyAsDouble(t) + t % 3);
        TrafficCalendar calendar = new TrafficCalendar(java.time.ZoneOffset.UTC, Set.of(holiday), List.of());
        int before = 23 * DAY + 8 * 60 - 3;
        double knowing = fit(all.slice(0, 23 * DAY), calendar)
                .demandAt(all.slice(0, before))
                .at(0.5);
        double ignorant =
                fit(all.slice(0, 23 * DAY)).demandAt(all.slice(0, before)).at(0.5);
        assertThat(knowing).isLessThan(ignorant);
    }
}
