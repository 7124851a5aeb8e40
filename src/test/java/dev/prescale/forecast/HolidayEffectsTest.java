package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HolidayEffectsTest {
    private static double[] day(double value) {
        double[] day = new double[24];
        Arrays.fill(day, value);
        return day;
    }

    @Test
    void withoutAPastHolidayADayIsMostlyASunday() {
        HolidayEffects effects = new HolidayEffects();
        assertThat(effects.sundayWeight()).isEqualTo(0.7);
        assertThat(effects.base(2, 1, 12)).isCloseTo(1.3, within(1e-12));
        assertThat(effects.base(Double.NaN, 1, 12)).isEqualTo(1);
        assertThat(effects.base(2, Double.NaN, 12)).isEqualTo(2);
        assertThat(effects.base(Double.NaN, Double.NaN, 12)).isNaN();
    }

    @Test
    void oneHolidayMovesWeightAndEffectByAQuarter() {
        // ordinary 4, Sunday 2, holiday 2: w' = 1, w = .7 + .3/4; r = -2 + 2 w, effect = r/4 (1 + 0)
        HolidayEffects effects = new HolidayEffects();
        effects.learn(day(2), day(4), day(2));
        double w = 0.7 + 0.25 * 0.3;
        assertThat(effects.sundayWeight()).isCloseTo(w, within(1e-12));
        assertThat(effects.logEffect(5)).isCloseTo((-2 + 2 * w) / 4, within(1e-12));
        assertThat(effects.holidays()).isEqualTo(1);
    }

    @Test
    void manyHolidaysAlikeAreLearned() {
        // holidays have .5 more than halfway between Sunday and the weekday, at 20:00 to 22:00 they have 1 more
        HolidayEffects effects = new HolidayEffects();
        for (int i = 0; i < 60; i++) {
            double[] ordinary = day(4);
            double[] sunday = day(2);
            for (int h = 0; h < 12; h++) {
                sunday[h] = 4 - 1e-3; // hours that say nothing of the weight
            }
            double[] holiday = new double[24];
            Arrays.setAll(holiday, h -> (ordinary[h] + sunday[h]) / 2);
            for (int h = 20; h <= 22; h++) {
                holiday[h] += 1;
            }
            effects.learn(holiday, ordinary, sunday);
        }
        assertThat(effects.sundayWeight()).isCloseTo(0.5, within(0.02));
        assertThat(effects.base(4, 2, 21)).isCloseTo(4, within(0.1));
        assertThat(effects.base(4, 2, 14)).isCloseTo(3, within(0.1));
    }

    @Test
    void aHolidayInAnIncidentDoesNotDecide() {
        HolidayEffects effects = new HolidayEffects();
        for (int i = 0; i < 7; i++) {
            effects.learn(day(i == 3 ? -5 : 3), day(4), day(2));
        }
        assertThat(effects.base(4, 2, 12)).isCloseTo(3, within(0.15));
    }

    @Test
    void aHolidayOfWhichLittleIsKnownTeachesNothing() {
        HolidayEffects effects = new HolidayEffects();
        double[] holiday = day(Double.NaN);
        Arrays.fill(holiday, 0, 5, 1.0);
        effects.learn(holiday, day(4), day(2));
        assertThat(effects.holidays()).isZero();
    }

    @Test
    void effectsAreBoundedAndTheWeightStaysAShare() {
        HolidayEffects effects = new HolidayEffects();
        for (int i = 0; i < 100; i++) {
            effects.learn(day(-50), day(4), day(3));
        }
        assertThat(effects.holidays()).isEqualTo(60);
        assertThat(effects.sundayWeight()).isEqualTo(1);
        assertThat(effects.logEffect(3)).isCloseTo(-Math.log(20), within(1e-9));
    }

    @Test
    void theHolidaysOfAHistoryAreFoundByTheWallClock() {
        // weekdays 4, Sundays 2, every holiday 3: half a Sunday
        Set<LocalDate> holidays = IntStream.of(24, 31, 39, 46, 58, 67)
                .mapToObj(day -> LocalDate.of(2024, 1, 1).plusDays(day))
                .collect(Collectors.toSet());
        TrafficCalendar calendar = new TrafficCalendar(ZoneOffset.ofHours(5), holidays, List.of());
        RateSeries series = Rates.hourly(70 * 24, t -> 1);
        LocalSlots slots = LocalSlots.of(series, 48, calendar.zone());
        double[] logs = new double[series.size()];
        Arrays.setAll(logs, t -> holidays.contains(slots.date(t)) ? 3 : slots.weekday(t) == 6 ? 2 : 4);
        HolidayEffects effects = PastHolidays.learnt(logs, slots, calendar);
        assertThat(effects.holidays()).isEqualTo(6);
        assertThat(effects.sundayWeight()).isCloseTo(0.7 - 6.0 / 9 * 0.2, within(1e-9));
        assertThat(effects.base(4, 2, 12)).isCloseTo(3, within(0.1));
        assertThat(PastHolidays.learnt(new double[0], slots, calendar).holidays())
                .isZero();
    }
}
