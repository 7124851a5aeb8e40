package dev.prescale.simulation;

import dev.prescale.control.RateHistory;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.MetricTarget;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A history with readings of metrics beside the traffic: below their target, at times above, of the minute and the seed. */
final class MetricsBeside implements RateHistory {
    private final RateHistory traffic;
    private final Map<String, Double> targets = new HashMap<>();
    private final long seed;

    MetricsBeside(RateHistory traffic, ScalingPolicy policy, long seed) {
        this.traffic = traffic;
        this.seed = seed;
        for (MetricTarget metric : policy.reactive().metrics()) {
            targets.put(metric.name(), metric.target());
        }
    }

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        List<Answer> answers = new ArrayList<>();
        for (Query query : queries) {
            boolean isMetric = query.source().measurement().equals(RandomSpecification.METRICS);
            answers.add(
                    isMetric
                            ? reading(query, now)
                            : traffic.read(List.of(query), now).getFirst());
        }
        return answers;
    }

    /** Now and then metrics cannot be read while traffic can. */
    private Answer reading(Query query, Instant now) {
        long block = now.getEpochSecond() / 600;
        return new SplittableRandom(seed * 31 + block).nextInt(10) == 0
                ? new Failed("simulated: no metrics")
                : RateHistory.answerOf(readings(query, now), query, now);
    }

    private RateSeries readings(Query query, Instant now) {
        double target = targets.get(query.source().field());
        double[] values = new double[query.completeSteps(now).size()];
        for (int k = 0; k < values.length; k++) {
            long minute = query.from().getEpochSecond() / 60 + k;
            // slower than a minute, so that a breach may last
            long draw = (seed + minute / 4) * 0x9E3779B97F4A7C15L
                    + query.source().field().hashCode();
            var random = new SplittableRandom(draw);
            values[k] = target * (random.nextInt(5) == 0 ? random.nextDouble(1, 2.2) : random.nextDouble(0.1, 0.9));
        }
        return RateSeries.of(query.from(), query.source().step(), values);
    }
}
