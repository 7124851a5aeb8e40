package dev.prescale.datasets;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Traffic whose story is itself drawn: size, shape of the day, weekends, noise on three time scales, growth, bursts, cron jobs,
 * a level shift, an outage, a client that comes and goes. What a shared model should have seen of the world.
 */
final class DrawnTraffic extends TraceGenerator {
    private static final int ANCHORS = 9;
    private static final double SHAPE_HOURS = 24.0 / ANCHORS;
    private static final double OFF_SHARE = 0.03;

    private final double peakPerMinute;
    private final double dispersion;
    private final double growthPerDay;
    private final DayProfile weekday;
    private final DayProfile weekend;
    private final double[] levelByWeekday = new double[7];
    private final double[] dayLevels;
    private final LogNoise fast;
    private final LogNoise slow;
    private final LogNoise drift;
    private final Lift lifts = new Lift(GeneratedTrace.MINUTES);
    private final int shiftAt;
    private final double shift;
    private final int outageFrom;
    private final int outageTo;
    private final double turnsPerMinute;
    private boolean isOn = true;

    DrawnTraffic(String name, long seed) {
        super(name, ZoneOffset.UTC, seed);
        peakPerMinute = logUniform(4, 20_000);
        dispersion = logUniform(10, 300);
        growthPerDay = chance.uniform(-0.008, 0.012);
        double floor = logUniform(0.03, 0.6);
        double night = chance.uniform(0, 24);
        double sharpness = chance.uniform(0.6, 2);
        weekday = profile(night, floor, sharpness);
        weekend = profile(night + chance.uniform(0, 2), floor, sharpness * chance.uniform(0.8, 1.3));
        double weekendLevel = Math.clamp(chance.logNormal(0.8, 0.35), 0.1, 1.5);
        for (int day = 0; day < levelByWeekday.length; day++) {
            levelByWeekday[day] = chance.logNormal(day >= 5 ? weekendLevel : 1, 0.05);
        }
        dayLevels = dayLevels(logUniform(0.02, 0.25));
        fast = new LogNoise(chance, logUniform(1, 6), logUniform(0.02, 0.15));
        slow = new LogNoise(chance, logUniform(20, 240), logUniform(0.03, 0.25));
        drift = new LogNoise(chance, GeneratedTrace.MINUTES_PER_DAY * logUniform(1, 6), logUniform(0.02, 0.3));
        bursts();
        jobs();
        shiftAt = chance.happens(0.3) ? (int) chance.uniform(0, GeneratedTrace.MINUTES) : GeneratedTrace.MINUTES;
        shift = logUniform(0.5, 2);
        outageFrom = chance.happens(0.3) ? (int) chance.uniform(0, GeneratedTrace.MINUTES) : GeneratedTrace.MINUTES;
        outageTo = outageFrom + (int) chance.uniform(20, 90);
        turnsPerMinute = chance.happens(0.15) ? 1 / logUniform(120, 1_440) : 0;
    }

    private double logUniform(double from, double to) {
        return StrictMath.exp(chance.uniform(StrictMath.log(from), StrictMath.log(to)));
    }

    /** A wave with its trough at {@code night}, uneven where people are. */
    private DayProfile profile(double night, double floor, double sharpness) {
        double[] anchors = new double[2 * ANCHORS];
        double first = night - SHAPE_HOURS * StrictMath.floor(night / SHAPE_HOURS);
        for (int i = 0; i < ANCHORS; i++) {
            double hour = first + i * SHAPE_HOURS;
            double wave = (1 - StrictMath.cos(2 * Math.PI * (hour - night) / 24)) / 2;
            anchors[2 * i] = hour;
            anchors[2 * i + 1] = floor + (1 - floor) * StrictMath.pow(wave, sharpness) * chance.uniform(0.7, 1.05);
        }
        return new DayProfile(anchors);
    }

    private void bursts() {
        double perDay = chance.happens(0.2) ? chance.uniform(12, 60) : chance.uniform(0, 12);
        double perMinute = perDay / GeneratedTrace.MINUTES_PER_DAY;
        double height = logUniform(0.05, 1);
        double halfLife = logUniform(1, 40);
        for (int m = 0; m < GeneratedTrace.MINUTES; m++) {
            if (chance.happens(perMinute)) {
                lifts.surge(
                        m,
                        (int) chance.uniform(0, 6),
                        (int) chance.logNormal(4, 0.9),
                        Math.min(4, chance.logNormal(height, 0.7)),
                        halfLife);
            }
        }
    }

    private void jobs() {
        if (chance.happens(0.4)) {
            int every = chance.happens(0.6) ? 60 : chance.happens(0.5) ? 30 : 15;
            double height = logUniform(0.05, 0.8);
            int length = 1 + (int) chance.uniform(0, 5);
            for (int m = 0; m < GeneratedTrace.MINUTES; m += every) {
                lifts.plateau(m, length, chance.logNormal(height, 0.15));
            }
        }
        if (chance.happens(0.4)) {
            int at = (int) chance.uniform(0, GeneratedTrace.MINUTES_PER_DAY / 15.0) * 15;
            double height = logUniform(0.1, 1.2);
            for (int day = 0; day < GeneratedTrace.DAYS; day++) {
                lifts.plateau(
                        GeneratedTrace.minuteOf(day, 0, at),
                        (int) chance.logNormal(40, 0.4),
                        chance.logNormal(height, 0.15));
            }
        }
    }

    @Override
    long[] countsAt(int minute, ZonedDateTime local) {
        isOn ^= chance.happens(turnsPerMinute);
        double growth = StrictMath.exp(growthPerDay * minute / GeneratedTrace.MINUTES_PER_DAY);
        double shape = (isWeekend(local) ? weekend : weekday).at(hourOf(local));
        double expected = peakPerMinute
                * growth
                * (minute >= shiftAt ? shift : 1)
                * (isOn ? 1 : OFF_SHARE)
                * (shape * levelByWeekday[local.getDayOfWeek().getValue() - 1] + lifts.at(minute))
                * dayLevels[minute / GeneratedTrace.MINUTES_PER_DAY]
                * slow.next()
                * drift.next()
                * fast.next();
        long count = chance.negativeBinomial(expected, dispersion);
        return new long[] {minute >= outageFrom && minute < outageTo ? 0 : count};
    }
}
