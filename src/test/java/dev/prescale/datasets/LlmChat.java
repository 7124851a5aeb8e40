package dev.prescale.datasets;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** LLM inference with clients all over the world: growth, a level that drifts, bursts of single clients, batch jobs. */
final class LlmChat extends TraceGenerator {
    private static final double PEAK_PER_MINUTE = 420;
    private static final double GROWTH_PER_DAY = 0.008;
    private static final double DISPERSION = 60;
    private static final double BURSTS_PER_MINUTE = 9.0 / GeneratedTrace.MINUTES_PER_DAY;
    private static final DayProfile DAY =
            new DayProfile(1.5, 0.62, 5, 0.45, 8.5, 0.80, 11, 0.72, 14.5, 1.0, 17, 0.94, 20, 0.78, 22.5, 0.70);

    private final LogNoise fast;
    private final LogNoise slow;
    private final LogNoise drift;
    private final Lift bursts;

    LlmChat(long seed) {
        super("llm-chat", ZoneOffset.UTC, seed);
        fast = new LogNoise(chance, 2, 0.07);
        slow = new LogNoise(chance, 45, 0.08);
        drift = new LogNoise(chance, 4.0 * GeneratedTrace.MINUTES_PER_DAY, 0.18);
        bursts = bursts();
    }

    /** Bursts of clients that come from one minute to the next, and batch jobs that run for hours. */
    private Lift bursts() {
        Lift lift = new Lift(GeneratedTrace.MINUTES);
        for (int m = 0; m < GeneratedTrace.MINUTES; m++) {
            if (chance.happens(BURSTS_PER_MINUTE)) {
                double height = Math.min(1.2, chance.logNormal(0.22, 0.6));
                lift.surge(m, 1, (int) chance.logNormal(6, 0.8), height, chance.uniform(1, 5));
            }
        }
        for (int day = 0; day < GeneratedTrace.DAYS; day++) {
            if (chance.happens(0.4)) {
                int begin = GeneratedTrace.minuteOf(day, (int) chance.uniform(6, 20), chance.happens(0.6) ? 0 : 30);
                lift.plateau(begin, (int) chance.uniform(120, 420), chance.uniform(0.15, 0.4));
            }
        }
        return lift;
    }

    @Override
    long[] countsAt(int minute, ZonedDateTime local) {
        double growth = StrictMath.exp(GROWTH_PER_DAY * minute / GeneratedTrace.MINUTES_PER_DAY);
        double weekday = isWeekend(local) ? 0.72 : 1;
        double expected = PEAK_PER_MINUTE
                * growth
                * drift.next()
                * (DAY.at(hourOf(local)) * weekday * slow.next() + bursts.at(minute))
                * fast.next();
        return new long[] {chance.negativeBinomial(expected, DISPERSION)};
    }
}
