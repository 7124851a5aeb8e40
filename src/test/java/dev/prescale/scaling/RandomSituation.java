package dev.prescale.scaling;

import dev.prescale.scaling.Observation.Pause;
import dev.prescale.scaling.Observation.Phase;
import dev.prescale.scaling.Observation.PodReading;
import dev.prescale.scaling.ScalingHistory.Breach;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingHistory.StepTaken;
import dev.prescale.scaling.ScalingPolicy.ReplicaChangePolicy;
import dev.prescale.scaling.ScalingPolicy.Schedule;
import dev.prescale.scaling.ScalingPolicy.Select;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.scaling.StepRule.Direction;
import dev.prescale.testing.PolicyFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A policy, an observation, a forecast and a past, all drawn from a seed; faults among them. */
public final class RandomSituation {
    static final Instant NOW = Instant.parse("2024-01-01T12:00:00Z");

    private final SplittableRandom random;

    private RandomSituation(long seed) {
        random = new SplittableRandom(seed);
    }

    static Situation ofSeed(long seed) {
        var draw = new RandomSituation(seed);
        ScalingPolicy policy = draw.policy();
        return new Situation(policy, draw.observation(policy), draw.forecast(), draw.past(), NOW);
    }

    /** A policy alone, for traces of several cycles. */
    public static ScalingPolicy policyOfSeed(long seed) {
        return new RandomSituation(seed).policy();
    }

    private ScalingPolicy policy() {
        int min = random.nextInt(0, 5);
        int max = Math.max(1, min) + random.nextInt(0, 40);
        var policy = PolicyFixture.aPolicy()
                .capacityPerReplica(random.nextDouble(1, 50))
                .targetUtilization(random.nextDouble(0.3, 1))
                .tolerance(random.nextDouble(0, 0.3), random.nextDouble(0, 0.3))
                .scaleUp(window(), select(), policies())
                .scaleDown(window(), select(), policies())
                .fallback(random.nextInt(1, 5), oneIn(2) ? null : Integer.valueOf(random.nextInt(0, 30)));
        policy = oneIn(3) ? policy.increasingMaximum(min, max, random.nextDouble(0, 0.5)) : policy.replicas(min, max);
        policy = oneIn(3) ? policy.addOnly() : policy;
        policy = oneIn(4) ? policy.scaleInNever() : policy;
        if (oneIn(2)) {
            policy = policy.metric("cpu", TargetType.UTILIZATION, random.nextDouble(0.3, 0.9));
        }
        if (oneIn(3)) {
            policy = policy.metric("queue", TargetType.AVERAGE_VALUE, random.nextDouble(1, 20));
        }
        if (oneIn(4)) {
            boolean isOpen = oneIn(2);
            policy = policy.schedule(new Schedule("window", now -> isOpen, bound(), bound()));
        }
        if (oneIn(5)) {
            int fixed = random.nextInt(0, 40);
            policy = policy.schedule(new Schedule("fixed", now -> true, fixed, fixed));
        }
        if (oneIn(2)) {
            policy = policy.step(step("requestRate", random.nextDouble(200, 500), null));
            policy = policy.step(step("requestRate", null, random.nextDouble(0, 200)));
        }
        if (oneIn(3)) {
            policy = policy.metric("p95", TargetType.VALUE, 0.3)
                    .step(step("p95", 0.5, 0.7))
                    .step(step("p95", 0.7, null));
        }
        return policy.build();
    }

    private @Nullable Integer bound() {
        return oneIn(2) ? null : Integer.valueOf(random.nextInt(1, 40));
    }

    private StepRule step(String metric, @Nullable Double above, @Nullable Double below) {
        StepRule.Change change =
                switch (random.nextInt(3)) {
                    case 0 -> new StepRule.Change.Replicas(notZero(random.nextInt(-8, 9)));
                    case 1 -> new StepRule.Change.Percent(notZero(random.nextInt(-100, 200)), random.nextInt(0, 4));
                    default -> new StepRule.Change.Exact(random.nextInt(0, 40));
                };
        return new StepRule(
                metric,
                above,
                below,
                oneIn(2) ? Duration.ZERO : window(),
                change,
                Duration.ofSeconds(random.nextInt(600)));
    }

    private static int notZero(int amount) {
        return amount == 0 ? 1 : amount;
    }

    private Duration window() {
        return oneIn(2) ? Duration.ZERO : Duration.ofSeconds(random.nextInt(0, 600));
    }

    private Select select() {
        return Select.values()[random.nextInt(Select.values().length)];
    }

    private ReplicaChangePolicy[] policies() {
        var policies = new ReplicaChangePolicy[random.nextInt(0, 3)];
        for (int i = 0; i < policies.length; i++) {
            policies[i] = new ReplicaChangePolicy(
                    oneIn(2), random.nextInt(1, 120), Duration.ofSeconds(random.nextInt(1, 300)));
        }
        return policies;
    }

    private Observation observation(ScalingPolicy policy) {
        int current = random.nextInt(0, 50);
        Map<String, RateReading> metrics = new HashMap<>();
        policy.reactive().metrics().forEach(metric -> metrics.put(metric.name(), reading(metric.target() * 3)));
        List<PodReading> pods = List.of();
        if (oneIn(3)) {
            metrics.remove("cpu");
            pods = pods(current);
        }
        return new Observation(
                current,
                random.nextInt(0, current + 1),
                reading(800),
                metrics,
                pods,
                oneIn(5),
                oneIn(5) ? Pause.values()[random.nextInt(Pause.values().length)] : Pause.NONE);
    }

    private List<PodReading> pods(int count) {
        List<PodReading> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Phase phase = oneIn(8) ? Phase.values()[random.nextInt(Phase.values().length)] : Phase.RUNNING;
            Map<String, Double> usage = oneIn(6) ? Map.of() : Map.of("cpu", random.nextDouble(0, 2));
            Map<String, Double> request = oneIn(60) ? Map.of() : Map.of("cpu", 1.0);
            pods.add(new PodReading(!oneIn(5), phase, usage, request, oneIn(8), oneIn(12)));
        }
        return pods;
    }

    private RateReading reading(double most) {
        return switch (random.nextInt(8)) {
            case 0 -> new RateReading.NoData();
            case 1 -> new RateReading.Stale(Duration.ofMinutes(5));
            case 2 -> new RateReading.Failed("refused");
            case 3 -> new RateReading.Known(0);
            default -> new RateReading.Known(random.nextDouble(0, most));
        };
    }

    private ForecastView forecast() {
        return switch (random.nextInt(6)) {
            case 0 -> new ForecastView.Disabled();
            case 1 -> new ForecastView.Unavailable("too short");
            default -> {
                double demand = random.nextDouble(0, 1000);
                yield new ForecastView.Available(
                        demand, demand * random.nextDouble(1, 2), Duration.ofMinutes(2), !oneIn(4), oneIn(4));
            }
        };
    }

    private ScalingHistory past() {
        List<Recommendation> recommendations = new ArrayList<>();
        List<ReplicaChange> changes = new ArrayList<>();
        for (int age = random.nextInt(0, 600); age > 0; age -= random.nextInt(1, 120)) {
            Instant at = NOW.minusSeconds(age);
            recommendations.add(new Recommendation(at, random.nextInt(0, 50)));
            changes.add(new ReplicaChange(at, random.nextInt(0, 50), random.nextInt(0, 50)));
        }
        List<StepTaken> steps = new ArrayList<>();
        List<Breach> breaches = new ArrayList<>();
        if (oneIn(2)) {
            int from = random.nextInt(0, 40);
            String rule = oneIn(2) ? "step:requestRate" : "step:p95";
            steps.add(new StepTaken(NOW.minusSeconds(random.nextInt(0, 600)), rule, from, random.nextInt(0, 40)));
            Direction direction = Direction.values()[random.nextInt(Direction.values().length)];
            breaches.add(new Breach("requestRate", direction, NOW.minusSeconds(600), NOW.minusSeconds(15)));
            breaches.add(new Breach("p95", Direction.ADDS, NOW.minusSeconds(300), NOW.minusSeconds(15)));
        }
        return new ScalingHistory(recommendations, changes, steps, breaches, random.nextInt(0, 5), oneIn(8));
    }

    private boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }
}
