package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.SampleFaults;
import dev.prescale.backtest.Simulation;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.control.WorkloadScale;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.DecisionRule;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * A policy at work on a load that the test writes down by the minute. One replica sustains 10 req/s, the target utilization is 50 %,
 * replicas take 3 minutes to start in the specification and none in the fake workload, so that a story tells what is asked for. Cycles of
 * 15 s begin at {@link #FROM}, a Monday; minute 0 begins there, the history has negative ones.
 */
final class PolicyStory {
    static final Instant FROM = Instant.parse("2024-01-15T00:00:00Z");
    static final DecisionRule RULE = new CombinedDecisionRule();
    static final int DAY = 1_440;

    private int history = 10;
    private IntToDoubleFunction rate = minute -> 0;
    private ScalingPolicy policy = Specs.aPolicy(new RatePerReplica(10, 0.5));
    private int replicas = 1;
    private SampleFaults samples = SampleFaults.NONE;

    static PolicyStory aStory() {
        return new PolicyStory();
    }

    /** @param byMinute req/s, {@code NaN} for a gap */
    PolicyStory load(int historyMinutes, IntToDoubleFunction byMinute) {
        this.history = historyMinutes;
        this.rate = byMinute;
        return this;
    }

    PolicyStory policy(ScalingPolicy other) {
        this.policy = other;
        return this;
    }

    /** Replicas at the beginning. */
    PolicyStory replicas(int count) {
        this.replicas = count;
        return this;
    }

    PolicyStory samples(SampleFaults faults) {
        this.samples = faults;
        return this;
    }

    ReplaySetup setup(int minutes) {
        double[] rates = new double[history + minutes];
        for (int k = 0; k < rates.length; k++) {
            rates[k] = rate.applyAsDouble(k - history);
        }
        RateSeries series = RateSeries.of(FROM.minusSeconds(60L * history), Trace.MINUTE, rates);
        EndpointSpec spec = Specs.anEndpoint("shop", policy);
        var endpoint =
                new ReplaySetup.Endpoint(new Trace("shop", series), spec, StartTime.constant(Duration.ofMinutes(3)));
        return new ReplaySetup(
                List.of(endpoint),
                FROM,
                FROM.plusSeconds(60L * minutes),
                ReplaySetup.DEFAULT_CYCLE,
                Simulation.PLAIN.with(samples),
                1);
    }

    SeenLoad seen(int minutes) {
        ReplaySetup setup = setup(minutes);
        return SeenLoad.of(setup, setup.endpoints().getFirst());
    }

    /** Replicas asked for after each cycle of so many minutes, by seconds since {@link #FROM}. */
    SortedMap<Integer, Integer> run(ReplayPolicy tried, int minutes) {
        ReplaySetup setup = setup(minutes);
        var workload = new InstantWorkload(replicas);
        ReplayPolicy.Controller controller = tried.control(setup, workload);
        SortedMap<Integer, Integer> asked = new TreeMap<>();
        for (Instant now = FROM; now.isBefore(setup.to()); now = now.plus(setup.cycle())) {
            controller.runCycle(now);
            asked.put((int) Duration.between(FROM, now).toSeconds(), workload.replicas);
        }
        return asked;
    }

    /** Production parts; the lead-time demand cannot tell yet, so that target tracking is in charge. */
    static Fleet.Brain brain() {
        return new Fleet.Brain(
                new CombinedForecaster(),
                (seen, calendar, window, levels) -> new LeadTimeForecaster.TooShort("a test"),
                RULE);
    }

    static ReplayPolicy named(String name) {
        return ReplayPolicies.named(name, brain()).orElseThrow();
    }

    /** Replicas that serve as soon as they are asked for. */
    private static final class InstantWorkload implements WorkloadScale {
        private int replicas;

        InstantWorkload(int replicas) {
            this.replicas = replicas;
        }

        @Override
        public State state(EndpointId endpoint, Instant now) {
            return new Replicas(replicas, replicas, false);
        }

        @Override
        public Outcome scaleTo(EndpointId endpoint, int wanted, Instant now) {
            replicas = wanted;
            return new Scaled();
        }
    }
}
