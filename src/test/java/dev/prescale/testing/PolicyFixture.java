package dev.prescale.testing;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.BreachPolicy;
import dev.prescale.scaling.ScalingPolicy.Combine;
import dev.prescale.scaling.ScalingPolicy.Fallback;
import dev.prescale.scaling.ScalingPolicy.MetricTarget;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.Reactive;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.scaling.ScalingPolicy.ReplicaChangePolicy;
import dev.prescale.scaling.ScalingPolicy.ScaleIn;
import dev.prescale.scaling.ScalingPolicy.ScalingRules;
import dev.prescale.scaling.ScalingPolicy.Schedule;
import dev.prescale.scaling.ScalingPolicy.Select;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
import dev.prescale.scaling.StepRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scaling policy under construction: 10 req/s per replica at target utilization 1, 1 to 100 replicas, tolerance 0.1,
 * nothing that delays or limits a change. A test sets only what matters to it.
 */
public final class PolicyFixture {
    private static final ScalingRules AT_ONCE = new ScalingRules(Duration.ZERO, List.of(), Select.MAX);

    private ReplicaBounds bounds = ReplicaBounds.of(1, 100);
    private CapacityModel capacity = new RatePerReplica(10, 1);
    private Predictive predictive = Predictive.DEFAULT;
    private Tolerance tolerance = Tolerance.DEFAULT;
    private final List<MetricTarget> metrics = new ArrayList<>();
    private final List<StepRule> steps = new ArrayList<>();
    private final List<Schedule> schedules = new ArrayList<>();
    private ScalingRules scaleUp = AT_ONCE;
    private ScalingRules scaleDown = AT_ONCE;
    private Fallback fallback = Fallback.DEFAULT;

    public static PolicyFixture aPolicy() {
        return new PolicyFixture();
    }

    public PolicyFixture replicas(int min, int max) {
        bounds = ReplicaBounds.of(min, max);
        return this;
    }

    public PolicyFixture increasingMaximum(int min, int max, double bufferFraction) {
        bounds = new ReplicaBounds(min, max, BreachPolicy.INCREASE, bufferFraction);
        return this;
    }

    public PolicyFixture capacityPerReplica(double requestRate) {
        capacity = new RatePerReplica(requestRate, capacity.targetUtilization());
        return this;
    }

    public PolicyFixture capacity(CapacityModel capacity) {
        this.capacity = capacity;
        return this;
    }

    public PolicyFixture targetUtilization(double targetUtilization) {
        capacity = capacity.withTargetUtilization(targetUtilization);
        return this;
    }

    public PolicyFixture predictive(Predictive predictive) {
        this.predictive = predictive;
        return this;
    }

    public PolicyFixture addOnly() {
        return predictive(predictive.withCombine(Combine.ADD_ONLY));
    }

    public PolicyFixture scaleInNever() {
        return predictive(predictive.withScaleIn(ScaleIn.NEVER));
    }

    public PolicyFixture tolerance(double up, double down) {
        tolerance = new Tolerance(up, down);
        return this;
    }

    public PolicyFixture metric(String name, TargetType type, double target) {
        metrics.add(new MetricTarget(name, type, target));
        return this;
    }

    public PolicyFixture step(StepRule step) {
        steps.add(step);
        return this;
    }

    public PolicyFixture schedule(Schedule schedule) {
        schedules.add(schedule);
        return this;
    }

    public PolicyFixture scaleUp(Duration window, Select select, ReplicaChangePolicy... policies) {
        scaleUp = new ScalingRules(window, List.of(policies), select);
        return this;
    }

    public PolicyFixture scaleDown(Duration window, Select select, ReplicaChangePolicy... policies) {
        scaleDown = new ScalingRules(window, List.of(policies), select);
        return this;
    }

    public PolicyFixture behavior(Behavior behavior) {
        scaleUp = behavior.scaleUp();
        scaleDown = behavior.scaleDown();
        return this;
    }

    public PolicyFixture fallback(int failureThreshold, @Nullable Integer replicas) {
        fallback = new Fallback(failureThreshold, replicas);
        return this;
    }

    public ScalingPolicy build() {
        return new ScalingPolicy(
                bounds,
                capacity,
                predictive,
                new Reactive(tolerance, metrics),
                steps,
                schedules,
                new Behavior(scaleUp, scaleDown),
                fallback);
    }
}
