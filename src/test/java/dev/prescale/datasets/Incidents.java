package dev.prescale.datasets;

import static dev.prescale.datasets.GeneratedTrace.minuteOf;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** A news site on which things happen: two flash crowds, a hole in the telemetry, an outage, a permanent level shift. */
final class Incidents extends TraceGenerator {
    private static final double PEAK_PER_MINUTE = 6_000;
    private static final double DISPERSION = 120;
    private static final int HOLE_FROM = minuteOf(17, 2, 30);
    private static final int HOLE_TO = minuteOf(17, 5, 10);
    private static final int OUTAGE_FROM = minuteOf(19, 13, 20);
    private static final int OUTAGE_TO = minuteOf(19, 14, 5);
    private static final int SHIFT_AT = minuteOf(21, 9, 0);
    private static final double SHIFT = 1.7;
    private static final DayProfile WEEKDAY = new DayProfile(
            0, 0.30, 3.5, 0.10, 6.2, 0.40, 7.8, 0.86, 10, 0.72, 12.5, 0.90, 15, 0.70, 18.2, 0.84, 20.5, 1.0, 22.5,
            0.62);
    private static final DayProfile WEEKEND =
            new DayProfile(0.5, 0.30, 4.5, 0.09, 8.5, 0.46, 10.5, 0.70, 14, 0.60, 18.5, 0.66, 20.5, 0.84, 22.8, 0.54);

    private final LogNoise fast;
    private final LogNoise slow;
    private final double[] dayLevels;
    private final Lift crowds = new Lift(GeneratedTrace.MINUTES);

    Incidents(long seed) {
        super("incidents", ZoneOffset.UTC, seed);
        fast = new LogNoise(chance, 4, 0.04);
        slow = new LogNoise(chance, 120, 0.06);
        dayLevels = dayLevels(0.07);
        crowds.surge(minuteOf(9, 21, 12), 4, 5, 1.1, 20);
        crowds.surge(minuteOf(15, 18, 7), 3, 12, 4.2, 40);
        crowds.jump(OUTAGE_TO, 0.55, 10);
        crowds.surge(minuteOf(33, 11, 41), 5, 20, 2.6, 60);
    }

    @Override
    long[] countsAt(int minute, ZonedDateTime local) {
        double shape = (isWeekend(local) ? WEEKEND : WEEKDAY).at(hourOf(local));
        double expected = PEAK_PER_MINUTE
                * (shape + crowds.at(minute))
                * (minute >= SHIFT_AT ? SHIFT : 1)
                * dayLevels[minute / GeneratedTrace.MINUTES_PER_DAY]
                * slow.next()
                * fast.next();
        long count = chance.negativeBinomial(expected, DISPERSION);
        if (minute >= HOLE_FROM && minute < HOLE_TO) {
            return new long[] {GeneratedTrace.MISSING};
        }
        return new long[] {minute >= OUTAGE_FROM && minute < OUTAGE_TO ? 0 : count};
    }
}
