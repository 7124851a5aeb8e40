package dev.prescale.simulation;

import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.RevealedHistory;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.WorkloadFaults;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.Fleet;
import dev.prescale.control.ModelStore;
import dev.prescale.control.RateHistory;
import dev.prescale.control.StartLog;
import dev.prescale.control.WorkloadScale;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.series.Step;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.InMemoryModelStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One run of the production fleet, all of it drawn from a seed: traffic, specification, what fails, and what others do
 * meanwhile. Prescale is killed and started again from its journal, paused, and given other bounds; workloads roll out,
 * cannot be seen, or are scaled by somebody else.
 */
final class RandomRun implements ReplayPolicy {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final int[] STEPS = {60, 60, 120, 300};

    private final SplittableRandom random;
    private final ReplaySetup setup;
    private final EndpointSpec drawn;
    private final ModelStore models;
    private final InMemoryDecisionLog journal = new InMemoryDecisionLog();
    private final RateHistory history;
    private final String command;
    private final String story;
    private @Nullable DisturbedWorkloads workloads;
    private @Nullable VerifyingListener verifier;
    private int restarts;

    RandomRun(long seed, String command) {
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
        this.command = command;
        boolean isLearnt = random.nextInt(4) == 0;
        int warmUp = isLearnt ? random.nextInt(1500, 3500) : random.nextInt(3, 90);
        int replayed = random.nextInt(70, 130);
        Step step = new Step(STEPS[random.nextInt(STEPS.length)]);
        this.drawn = RandomSpecification.drawn(random, step);
        this.models = random.nextInt(2) == 0 ? new InMemoryModelStore() : ModelStore.NONE;
        Trace trace = RandomTraffic.trace(random, ratedLoad(drawn.policy()), START, warmUp, replayed);
        Duration median = Duration.ofSeconds(random.nextInt(20, 300));
        var startTime = random.nextInt(2) == 0
                ? StartTime.constant(median)
                : new StartTime(median, median.plusSeconds(random.nextInt(10, 200)));
        EndpointSpec replayable = withoutMetrics(drawn);
        var endpoint = new ReplaySetup.Endpoint(trace, replayable, startTime);
        Instant from = START.plusSeconds(60L * warmUp);
        boolean isFaulty = random.nextInt(5) > 0;
        var faults = isFaulty
                ? new WorkloadFaults(random.nextDouble(0, 0.3), random.nextDouble(0, 0.3))
                : WorkloadFaults.NONE;
        this.setup = new ReplaySetup(
                List.of(endpoint), from, from.plusSeconds(60L * replayed), ReplaySetup.DEFAULT_CYCLE, faults, seed);
        RateHistory revealed = new MetricsBeside(new RevealedHistory(setup), drawn.policy(), seed);
        this.history = isFaulty ? new FaultyHistory(revealed, seed) : revealed;
        this.story = "seed %s: %s min of history by %s s, %s".formatted(seed, warmUp, step.seconds(), drawn.policy());
    }

    /** What the maximum sustains, so that bounds and limits of every size matter. */
    private static double ratedLoad(ScalingPolicy policy) {
        return policy.capacity().sustainedBy(policy.bounds().maxReplicas());
    }

    /** Runs to the end; throws what does not hold. */
    RandomRun run() {
        new Replay(setup, List.of(this), Replay.Listener.NONE).run();
        return this;
    }

    int scaleCalls() {
        return Objects.requireNonNull(workloads).calls();
    }

    int cycles() {
        return Objects.requireNonNull(verifier).cycles();
    }

    Set<ReasonCode> reasons() {
        return Objects.requireNonNull(verifier).reasons();
    }

    int restarts() {
        return restarts;
    }

    @Override
    public String name() {
        return PRESCALE;
    }

    @Override
    public Controller control(ReplaySetup replayed, WorkloadScale simulated) {
        var disturbed = new DisturbedWorkloads(simulated);
        workloads = disturbed;
        verifier = new VerifyingListener(story, command, FleetPromises.all(disturbed::sentAt));
        // the lead time in force is that of the replay, as if it had been measured
        EndpointSpec spec = withLeadTimeOf(replayed.specs().getFirst());
        return new Operators(disturbed, verifier, spec);
    }

    private EndpointSpec withLeadTimeOf(EndpointSpec replayed) {
        return copy(
                drawn,
                drawn.policy()
                        .withPredictive(drawn.policy()
                                .predictive()
                                .withLeadTime(replayed.policy().predictive().leadTime())),
                drawn.pausing());
    }

    private static EndpointSpec withoutMetrics(EndpointSpec spec) {
        return new EndpointSpec(
                spec.id(),
                spec.mode(),
                spec.scaleTargetRef(),
                spec.policy(),
                spec.calendar(),
                spec.traffic(),
                spec.history(),
                Map.of(),
                spec.pausing());
    }

    private static EndpointSpec copy(EndpointSpec spec, ScalingPolicy policy, Pausing pausing) {
        return new EndpointSpec(
                spec.id(),
                spec.mode(),
                spec.scaleTargetRef(),
                policy,
                spec.calendar(),
                spec.traffic(),
                spec.history(),
                spec.metricSources(),
                pausing);
    }

    /** What people and machines do to Prescale and to the workload, minute by minute. */
    private final class Operators implements Controller {
        private final DisturbedWorkloads disturbed;
        private final VerifyingListener verifying;
        private EndpointSpec spec;
        private Fleet fleet;
        private Instant upAgain = Instant.MIN;
        private boolean isUp = true;

        Operators(DisturbedWorkloads disturbed, VerifyingListener verifying, EndpointSpec spec) {
            this.disturbed = disturbed;
            this.verifying = verifying;
            this.spec = spec;
            this.fleet = started(setup.from());
        }

        @Override
        public void runCycle(Instant now) {
            if (random.nextInt(4) == 0) {
                act(now);
            }
            if (now.isBefore(upAgain)) {
                return;
            }
            if (!isUp) {
                isUp = true;
                restarts++;
                fleet = started(now);
            }
            fleet.runCycle(now);
        }

        private void act(Instant now) {
            switch (random.nextInt(160)) {
                case 0, 1 -> kill(now);
                case 2, 3 -> pause(now, new Pausing(random.nextInt(3) == 0, random.nextInt(3) == 0));
                case 4, 5, 6, 7 -> pause(now, Pausing.NONE);
                case 8 -> disturbed.rollOut(true);
                case 9, 10, 11, 12 -> disturbed.rollOut(false);
                case 13 -> disturbed.hide(true);
                case 14, 15, 16, 17, 18, 19 -> disturbed.hide(false);
                case 20, 21 -> disturbed.meddle(spec.id(), random.nextInt(0, 60), now);
                case 22 -> rebound(now);
                case 23, 24 -> fleet.saveStates(fleet.endpoints());
                default -> {}
            }
        }

        private void kill(Instant now) {
            upAgain = now.plusSeconds(random.nextInt(3) == 0 ? random.nextInt(15, 900) : 0);
            isUp = false;
        }

        private Fleet started(Instant now) {
            verifying.begunAnew();
            var begun = new Fleet(
                    new Fleet.Ports(history, disturbed, journal, verifying, models, StartLog.NONE),
                    new Fleet.Brain(
                            new CombinedForecaster(), new DirectLeadTimeForecaster(), new CombinedDecisionRule()),
                    setup.cycle());
            begun.replaceSpecs(List.of(spec), now);
            return begun;
        }

        private void pause(Instant now, Pausing pausing) {
            replace(copy(spec, spec.policy(), pausing), now);
        }

        /** Another maximum. */
        private void rebound(Instant now) {
            var policy = spec.policy();
            ReplicaBounds bounds = policy.bounds();
            int max = Math.max(1, bounds.minReplicas()) + random.nextInt(0, 40);
            var other = new ScalingPolicy(
                    new ReplicaBounds(bounds.minReplicas(), max, bounds.breachPolicy(), bounds.bufferFraction()),
                    policy.capacity(),
                    policy.predictive(),
                    policy.reactive(),
                    policy.steps(),
                    policy.schedules(),
                    policy.behavior(),
                    policy.fallback());
            replace(copy(spec, other, spec.pausing()), now);
        }

        private void replace(EndpointSpec other, Instant now) {
            if (!other.equals(spec)) {
                // a pause forgets nothing
                if (!other.policy().equals(spec.policy())) {
                    verifying.begunAnew();
                }
                spec = other;
                fleet.replaceSpecs(List.of(spec), now);
            }
        }
    }
}
