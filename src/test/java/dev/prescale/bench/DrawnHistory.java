package dev.prescale.bench;

import dev.prescale.control.RateHistory;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleGrid;
import java.time.Instant;
import java.util.List;

/**
 * A store in memory whose samples are drawn when they are asked for: requests per step with a daily and a weekly cycle and noise,
 * each endpoint at a level and a time of day of its own. What is drawn for a step follows from the endpoint and the step alone.
 */
final class DrawnHistory implements RateHistory {
    static final String TAG = "service";

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        return queries.stream().map(query -> answer(query, now)).toList();
    }

    private static Answer answer(Query query, Instant now) {
        SampleGrid grid = query.completeSteps(now);
        long endpoint = Long.parseLong(query.source().tags().get(TAG));
        long first = grid.from().getEpochSecond() / grid.step().seconds();
        double[] counts = new double[grid.size()];
        for (int k = 0; k < counts.length; k++) {
            counts[k] = count(endpoint, first + k, grid.step().perDay());
        }
        return RateHistory.answerOf(RateSeries.ofCounts(grid.from(), grid.step(), counts), query, now);
    }

    /** Requests in a step, which is numbered from 1970 on. */
    static double count(long endpoint, long step, int perDay) {
        double level = 1_000 + 200 * (endpoint % 200);
        double phase = (double) Math.floorMod(step + endpoint % perDay, perDay) / perDay;
        double cycle = 1 + 0.8 * Math.sin(2 * Math.PI * phase);
        double weekday = step / perDay % 7 >= 5 ? 0.7 : 1;
        return Math.rint(level * cycle * weekday * Math.exp(0.1 * noise(endpoint * 1_000_003 + step)));
    }

    /** Of about unit variance: the sum of four uniforms. */
    private static double noise(long seed) {
        double sum = 0;
        long state = seed;
        for (int k = 0; k < 4; k++) {
            state = state * 0x9E3779B97F4A7C15L + 0xBF58476D1CE4E5B9L;
            long mixed = (state ^ (state >>> 31)) * 0x94D049BB133111EBL;
            sum += ((mixed ^ (mixed >>> 29)) >>> 11) * 0x1.0p-53 - 0.5;
        }
        return sum * 1.7;
    }
}
