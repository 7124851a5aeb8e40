package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.series.TrafficCalendar.Event;
import dev.prescale.series.TrafficCalendar.Pattern;
import dev.prescale.testing.Rates;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the history, calendars and hazards answer with finite, bounded numbers, and the unit does not matter. */
class HazardPropertiesTest {
    private static final ZoneId MELBOURNE = ZoneId.of("Australia/Melbourne");
    private static final double[] SCALES = {1e-6, 1, 1e9};
    private static final int HOURS = 45 * 24;

    static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        return replayed != null ? LongStream.of(replayed) : LongStream.range(0, 40);
    }

    /** Days, weeks, noise; by the seed also gaps, zeros, a spike, or nothing but one value. */
    private static RateSeries series(long seed, double scale) {
        SplittableRandom random = new SplittableRandom(seed);
        double gaps = seed % 3 == 0 ? random.nextDouble() : 0;
        double zeros = seed % 4 == 1 ? random.nextDouble() : 0;
        int spike = seed % 5 == 2 ? random.nextInt(HOURS) : -1;
        boolean isConstant = seed % 7 == 3;
        return Rates.hourly(HOURS, t -> {
            double u = random.nextDouble();
            double shape = isConstant ? 1 : (2 + Math.sin(t / 3.8)) * (t / 24 % 7 == 6 ? 0.5 : 1) * (0.8 + 0.4 * u);
            double rate = t == spike ? 1000 : u < zeros ? 0 : shape;
            return random.nextDouble() < gaps ? Double.NaN : scale * rate;
        });
    }

    private static TrafficCalendar calendar(RateSeries series) {
        Event event = new Event(
                "sale",
                series.end().plusSeconds(5000),
                series.end().plusSeconds(90_000),
                new Pattern(LocalDate.parse("2024-01-20")));
        return new TrafficCalendar(
                MELBOURNE,
                Set.of(LocalDate.parse("2024-01-26"), LocalDate.parse("2024-02-06"), LocalDate.parse("2024-02-13")),
                List.of(event));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void effectsOfCalendarsAreBoundedAndFreeOfTheUnit(long seed) {
        double[][] answers = new double[SCALES.length][];
        for (int i = 0; i < SCALES.length; i++) {
            RateSeries series = series(seed, SCALES[i]);
            double offset = 0.1 * SCALES[i];
            LocalSlots slots = LocalSlots.of(series, 72, MELBOURNE);
            EventPatterns patterns = EventPatterns.of(series.rates(), offset, slots, calendar(series));
            double[] logs = Arrays.stream(series.rates())
                    .map(rate -> Math.log(rate + offset))
                    .toArray();
            HolidayEffects holidays = PastHolidays.learnt(logs, slots, calendar(series));
            double[] answer = new double[slots.size() + 25];
            for (int t = 0; t < slots.size(); t++) {
                answer[t] = patterns.logOffset(t);
            }
            for (int h = 0; h < 24; h++) {
                answer[slots.size() + h] = holidays.logEffect(h);
            }
            answer[slots.size() + 24] = holidays.sundayWeight();
            answers[i] = answer;
        }
        for (int t = 0; t < answers[0].length; t++) {
            assertThat(answers[1][t]).isBetween(-Math.log(1000), Math.log(1000));
            for (double[] other : List.of(answers[0], answers[2])) {
                // the sum of z, of which only the logarithm of the unit differs, rounds otherwise
                assertThat(Math.abs(other[t] - answers[1][t])).isLessThan(1e-6);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void watchesAreDefinedAfterEveryStep(long seed) {
        for (double scale : SCALES) {
            RateSeries series = series(seed, scale);
            OutageWatch outages = new OutageWatch(series.step());
            LevelShift level = new LevelShift(series.step());
            RecurrentSpikes spikes = new RecurrentSpikes(24);
            for (int t = 0; t < series.size(); t++) {
                double rate = series.rateAt(t);
                double expected = t % 11 == 0 ? Double.NaN : 2 * scale;
                outages.feed(rate, expected);
                double learnable = outages.learnable(rate, expected);
                assertThat(Double.isNaN(learnable) || (learnable >= 0 && learnable <= rate))
                        .isTrue();
                assertThat(outages.stepsToForget()).isBetween(0, t + 1);
                double residual = Math.log((rate + 0.1 * scale) / (2 * scale));
                level.feed(residual);
                assertThat(level.stepsSinceAlarm()).isBetween(0, 24);
                spikes.learn(t % 168, residual);
                assertThat(spikes.at(t % 168)).isBetween(-10.0, 10.0);
            }
        }
    }
}
