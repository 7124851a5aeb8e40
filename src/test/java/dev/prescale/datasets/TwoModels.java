package dev.prescale.datasets;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** One endpoint, two models: a small one for consumers' chat, a large one for agents in office hours, which takes a share over. */
final class TwoModels extends TraceGenerator {
    private static final double SMALL_PEAK_PER_MINUTE = 1_300;
    private static final double LARGE_PEAK_PER_MINUTE = 120;
    private static final int MOVE_FROM_DAY = 24;
    private static final int MOVE_DAYS = 3;
    private static final double MOVED_SHARE = 0.1;
    private static final DayProfile CONSUMERS = new DayProfile(
            0.5, 0.40, 4.5, 0.09, 7.5, 0.42, 9.5, 0.58, 12.3, 0.74, 14, 0.64, 17, 0.70, 20.8, 1.0, 22.8, 0.72);
    private static final DayProfile AGENTS = new DayProfile(
            3, 0.04, 6.5, 0.06, 8.1, 0.55, 10.2, 1.0, 12.4, 0.66, 14.6, 0.96, 16.8, 0.72, 18.2, 0.22, 21, 0.10);

    private final LogNoise smallNoise;
    private final LogNoise largeNoise;
    private final double[] smallLevels;
    private final double[] largeLevels;
    private final Lift agentRuns;

    TwoModels(long seed) {
        super("two-models", ZoneId.of("America/New_York"), seed);
        smallNoise = new LogNoise(chance, 12, 0.06);
        largeNoise = new LogNoise(chance, 5, 0.12);
        smallLevels = dayLevels(0.05);
        largeLevels = dayLevels(0.10);
        agentRuns = agentRuns();
    }

    /** Fan-outs of agents: most begin on a whole quarter of an hour in working hours. */
    private Lift agentRuns() {
        Lift lift = new Lift(GeneratedTrace.MINUTES);
        for (int m = 0; m < GeneratedTrace.MINUTES; m += 15) {
            ZonedDateTime local = GeneratedTrace.at(m).atZone(ZoneId.of("America/New_York"));
            boolean isWorkingHour = !isWeekend(local) && local.getHour() >= 8 && local.getHour() < 18;
            if (chance.happens(isWorkingHour ? 0.18 : 0.02)) {
                lift.plateau(m, 2 + (int) chance.logNormal(5, 0.7), Math.min(1.5, chance.logNormal(0.4, 0.5)));
            }
        }
        return lift;
    }

    @Override
    List<String> columns() {
        return List.of("value", "small", "large");
    }

    @Override
    long[] countsAt(int minute, ZonedDateTime local) {
        int day = minute / GeneratedTrace.MINUTES_PER_DAY;
        double moved = MOVED_SHARE
                * Math.clamp((minute - GeneratedTrace.minuteOf(MOVE_FROM_DAY, 0, 0)) / (MOVE_DAYS * 1440.0), 0, 1);
        double consumers = SMALL_PEAK_PER_MINUTE
                * CONSUMERS.at(hourOf(local))
                * (isWeekend(local) ? 1.12 : 1)
                * smallLevels[day]
                * smallNoise.next();
        double agents = LARGE_PEAK_PER_MINUTE
                * (AGENTS.at(hourOf(local)) * (isWeekend(local) ? 0.18 : 1) + agentRuns.at(minute))
                * largeLevels[day]
                * largeNoise.next();
        long small = chance.negativeBinomial(consumers * (1 - moved), 200);
        long large = chance.negativeBinomial(agents + consumers * moved, 40);
        return new long[] {small + large, small, large};
    }
}
