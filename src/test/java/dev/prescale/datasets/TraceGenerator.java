package dev.prescale.datasets;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** Draws one trace of {@code datasets/}: expected requests per minute from its story, then overdispersed counts. */
abstract class TraceGenerator {
    /** Raised with every change that alters a byte of a trace. */
    static final int VERSION = 1;

    private final String name;
    private final ZoneId zone;
    final Chance chance;

    TraceGenerator(String name, ZoneId zone, long seed) {
        this.name = name;
        this.zone = zone;
        this.chance = new Chance(seed);
    }

    /** Every bundled trace, each with its own seed. */
    static List<TraceGenerator> all() {
        return all(0);
    }

    /**
     * The stories of the bundled traces.
     *
     * @param draw 0 for the bundled traces themselves, else another draw of the same stories
     */
    static List<TraceGenerator> all(int draw) {
        long seeds = 1_000L * draw;
        return List.of(
                new ShopWeb(20240301 + seeds),
                new LlmChat(20240302 + seeds),
                new TwoModels(20240303 + seeds),
                new Incidents(20240304 + seeds),
                new BatchIdle(20240305 + seeds));
    }

    String name() {
        return name;
    }

    List<String> columns() {
        return List.of("value");
    }

    /** Counts of one minute, the total first. Called once for each minute, in order. */
    abstract long[] countsAt(int minute, ZonedDateTime local);

    GeneratedTrace generate() {
        List<long[]> minutes = new ArrayList<>(GeneratedTrace.MINUTES);
        for (int m = 0; m < GeneratedTrace.MINUTES; m++) {
            minutes.add(countsAt(m, GeneratedTrace.at(m).atZone(zone)));
        }
        return new GeneratedTrace(name, columns(), minutes);
    }

    static double hourOf(ZonedDateTime local) {
        return local.getHour() + local.getMinute() / 60.0;
    }

    static boolean isWeekend(ZonedDateTime local) {
        return local.getDayOfWeek().getValue() >= 6;
    }

    /** One log-normal factor per day: some days are simply better than others. */
    double[] dayLevels(double sigma) {
        double[] levels = new double[GeneratedTrace.DAYS + 1];
        for (int day = 0; day < levels.length; day++) {
            levels[day] = chance.logNormal(1, sigma);
        }
        return levels;
    }
}
