package dev.prescale.simulation;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import dev.prescale.control.TrafficSource;
import dev.prescale.scaling.RandomSituation;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.scaling.ScalingPolicy.Schedule;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A specification drawn from a seed: the policies of {@link RandomSituation} with what only whole runs can show. */
final class RandomSpecification {
    static final String METRICS = "metrics";

    private static final double[] QUANTILES = {0.5, 0.8, 0.9, 0.95, 0.99};

    private final SplittableRandom random;

    private RandomSpecification(SplittableRandom random) {
        this.random = random;
    }

    static EndpointSpec drawn(SplittableRandom random, Step step) {
        return new RandomSpecification(random).endpoint(step);
    }

    private EndpointSpec endpoint(Step step) {
        ScalingPolicy drawn = RandomSituation.policyOfSeed(random.nextLong());
        var policy = new ScalingPolicy(
                drawn.bounds(),
                random.nextInt(3) == 0 ? queueing() : drawn.capacity(),
                predictive(drawn.predictive()),
                drawn.reactive(),
                drawn.steps(),
                schedules(drawn.bounds()),
                random.nextInt(2) == 0 ? Behavior.DEFAULT : drawn.behavior(),
                drawn.fallback());
        Map<String, TrafficSource> metrics = new HashMap<>();
        policy.reactive().metrics().forEach(metric -> metrics.put(metric.name(), gauge(metric.name())));
        TrafficSource counts = Specs.countsOf("shop");
        return new EndpointSpec(
                new EndpointId("test", "shop"),
                Mode.SCALE,
                new ScaleTargetRef("apps/v1", "Deployment", "shop"),
                policy,
                TrafficCalendar.UTC,
                new TrafficSource(
                        counts.bucket(),
                        counts.measurement(),
                        counts.field(),
                        counts.tags(),
                        counts.kind(),
                        step,
                        null),
                Duration.ofDays(28),
                metrics,
                Pausing.NONE);
    }

    /** One reading of the workload as a whole, every minute. */
    private static TrafficSource gauge(String name) {
        return new TrafficSource("traffic", METRICS, name, Map.of(), SampleKind.RATE, Specs.MINUTE, null);
    }

    private CapacityModel queueing() {
        return new QueueingCapacity(
                Duration.ofMillis(random.nextInt(50, 400)),
                random.nextInt(1, 9),
                Duration.ofMillis(random.nextInt(2_000, 4_000)),
                0.95,
                random.nextDouble(0.4, 1));
    }

    private Predictive predictive(Predictive drawn) {
        return new Predictive(
                random.nextInt(6) > 0,
                QUANTILES[random.nextInt(QUANTILES.length)],
                Predictive.DEFAULT_UNSERVED_PER_IDLE,
                random.nextInt(2) == 0 ? 1 : random.nextDouble(0.6, 1),
                drawn.combine(),
                drawn.scaleIn(),
                random.nextInt(3) == 0 ? Duration.ofMinutes(random.nextInt(5, 120)) : null,
                Duration.ofMinutes(random.nextInt(1, 20)),
                LeadTimeBounds.DEFAULT,
                Duration.ofHours(6));
    }

    /** Windows of some minutes of every hour: floors, ceilings, both, fixed numbers; they may overlap. */
    private List<Schedule> schedules(ReplicaBounds bounds) {
        List<Schedule> schedules = new ArrayList<>();
        for (int k = random.nextInt(4); k > 1; k--) {
            int from = random.nextInt(60);
            int minutes = random.nextInt(1, 40);
            int floor = random.nextInt(bounds.minReplicas(), bounds.maxReplicas() + 1);
            int ceiling = random.nextInt(floor, bounds.maxReplicas() + 1);
            boolean isFixed = random.nextInt(3) == 0;
            schedules.add(new Schedule(
                    "window" + k,
                    now -> isOpen(now, from, minutes),
                    isFixed || random.nextInt(3) > 0 ? floor : null,
                    isFixed ? Integer.valueOf(floor) : random.nextInt(2) == 0 ? ceiling : null));
        }
        return schedules;
    }

    private static boolean isOpen(Instant now, int from, int minutes) {
        return Math.floorMod(now.getEpochSecond() / 60 - from, 60L) < minutes;
    }
}
