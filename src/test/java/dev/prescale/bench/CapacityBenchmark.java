package dev.prescale.bench;

import dev.prescale.adapter.learning.TribuoCostLearner;
import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.CostLearner;
import dev.prescale.capacity.CostSample;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.capacity.WorkCapacity;
import dev.prescale.testing.CostTraffic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A load to replicas by each capacity model, a queue of 40 and of 10,000 slots, and learning of costs from two days of
 * samples. Run alone:
 *
 * <pre>make bench JMH=CapacityBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CapacityBenchmark {
    private static final int SAMPLES = 576;

    private final CapacityModel perReplica = new RatePerReplica(12, 0.7);
    private final CapacityModel work = new WorkCapacity(0.7);
    private final CapacityModel queueing =
            new QueueingCapacity(Duration.ofMillis(80), 4, Duration.ofMillis(300), 0.95, 0.7);
    private final CostLearner learner = new TribuoCostLearner();
    private final CostTraffic traffic = CostTraffic.seeded(1)
            .model("llama-8b", 0.08, 40)
            .model("llama-70b", 0.9, 3)
            .noise(0.1);
    private final List<CostSample> samples = traffic.samples(SAMPLES);
    private double rate = 400;

    /** A rate that is not the one before. */
    private double next() {
        rate = rate < 420 ? rate + 0.01 : 400;
        return rate;
    }

    @Benchmark
    public int perReplica() {
        return perReplica.replicasFor(next(), 0.7);
    }

    @Benchmark
    public int work() {
        return work.replicasFor(next(), 0.7);
    }

    @Benchmark
    public int queueing() {
        return queueing.replicasFor(next(), 0.7);
    }

    /** 300 times the rate: 10,000 slots and more. */
    @Benchmark
    public int queueingOfTenThousandSlots() {
        return queueing.replicasFor(300 * next(), 1);
    }

    @Benchmark
    public double queueingSustained() {
        return queueing.sustainedBy(10 + (int) next() % 20);
    }

    @Benchmark
    public CostLearner.Outcome learnTwoModels() {
        return learner.learn(traffic.models(), samples);
    }
}
