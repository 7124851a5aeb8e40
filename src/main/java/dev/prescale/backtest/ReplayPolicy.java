package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import dev.prescale.control.Fleet;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Something that scales the endpoints of a replay, and under which name it is scored. */
public interface ReplayPolicy {
    String ORACLE = "oracle";
    String FIXED = "fixed";
    String HPA = "hpa";
    String PRESCALE = "prescale";

    String name();

    /**
     * Replicas that are ready when the replay begins: by default what target tracking asks for at the last minute before
     * it, the same for every policy that does not see the future.
     */
    default int initialReplicas(ReplaySetup setup, ReplaySetup.Endpoint endpoint) {
        ReplicaBounds bounds = endpoint.spec().policy().bounds();
        double before = endpoint.trace().demandAt(setup.from().minusSeconds(1));
        double rate = Double.isNaN(before) ? 0 : before;
        int wanted = endpoint.spec()
                .policy()
                .capacity()
                .replicasFor(rate, endpoint.spec().policy().capacity().targetUtilization());
        return Math.clamp(wanted, bounds.minReplicas(), bounds.maxReplicas());
    }

    /** Takes control of these workloads. Called once, before the first cycle. */
    Controller control(ReplaySetup setup, WorkloadScale workloads);

    /**
     * The same policy with its one headroom knob moved: about {@code factor} times the replicas for the same traffic; 1 is as it
     * is. Empty where there is no knob.
     */
    default Optional<ReplayPolicy> withHeadroom(double factor) {
        return Optional.empty();
    }

    /** One cycle of all endpoints. */
    @FunctionalInterface
    interface Controller {
        void runCycle(Instant now);

        /** The last decision for an endpoint, where the policy gives reasons. */
        default Optional<ScalingDecision> latest(EndpointId endpoint) {
            return Optional.empty();
        }
    }

    /** Knows the future demand and start times; see {@link OraclePolicy}. */
    static ReplayPolicy oracle() {
        return new OraclePolicy();
    }

    /** The fewest constant replicas that serve every minute of the replay (constant peak), within the bounds. */
    static ReplayPolicy fixed() {
        return new FixedPolicy(1);
    }

    /** The production cycle as specified, reading the traces as they are revealed. */
    static ReplayPolicy prescale(Fleet.Brain brain) {
        return FleetPolicy.headless(PRESCALE, brain);
    }

    /** The production cycle of a fleet that the caller builds on these workloads, with its own history, journal and listener; built anew after each restart. */
    static ReplayPolicy prescale(Function<WorkloadScale, Fleet> fleet) {
        return new FleetPolicy(PRESCALE, (setup, workloads) -> () -> fleet.apply(workloads), 1);
    }
}
