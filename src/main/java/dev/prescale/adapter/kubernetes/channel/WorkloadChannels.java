package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.ClusterView;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Leadership;
import dev.prescale.control.Mode;
import dev.prescale.control.WorkloadScale.Contested;
import dev.prescale.control.WorkloadScale.LeftToAnother;
import dev.prescale.control.WorkloadScale.LeftToKeda;
import dev.prescale.control.WorkloadScale.NotScaled;
import dev.prescale.control.WorkloadScale.Order;
import dev.prescale.control.WorkloadScale.Outcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries decisions out through the API server. It asks in this order:
 *
 * <ol>
 *   <li>the mode: whether anything is to be written at all, or KEDA does;
 *   <li>an older specification of the same target: that one acts;
 *   <li>whether this replica of Prescale acts for the endpoint, here and again right before each write;
 *   <li>that it is known who else scales, and that KEDA does not;
 *   <li>the channel of the mode: whether it may write, and what.
 * </ol>
 *
 * Nothing is tried twice in a cycle, the next one decides anew. Has no thread of its own; safe for use by many.
 */
public final class WorkloadChannels implements AutoCloseable {
    private final ApiWrites writes;
    private final ClusterView view;
    private final Leadership leadership;
    private final Refusals refusals = new Refusals();
    private final ScaleChannel scale;
    private final HpaFloorChannel floors;
    private final FloorSweeper sweeper;

    /**
     * @param client whose server and credentials are used, over connections of their own; not closed with this
     * @param view what is known of HPAs and ScaledObjects; HPAs with their {@code managedFields}
     * @param floorDuration how long a raised {@code minReplicas} holds without being renewed
     */
    public WorkloadChannels(KubernetesClient client, ClusterView view, Leadership leadership, Duration floorDuration) {
        this.writes = ApiWrites.beside(client);
        this.view = view;
        this.leadership = leadership;
        WriteGate gate = new WriteGate(writes, leadership, refusals);
        FloorWrites floorWrites = new FloorWrites(gate);
        this.scale = new ScaleChannel(view, gate);
        this.floors = new HpaFloorChannel(view, floorWrites, floorDuration);
        this.sweeper = new FloorSweeper(view, floorWrites, leadership);
    }

    /**
     * Carries one decision out.
     *
     * @param conflictsWith the older specification of the same target, null where there is none
     * @param now of the cycle
     */
    public Outcome carryOut(EndpointSpec spec, @Nullable EndpointId conflictsWith, Order order, Instant now) {
        if (spec.mode() == Mode.OBSERVE) {
            return new NotScaled("mode Observe decides and journals only");
        }
        if (spec.mode() == Mode.KEDA) {
            return leftToKeda(spec);
        }
        if (conflictsWith != null) {
            return new NotScaled("%s has the same target and is older: it acts".formatted(conflictsWith));
        }
        if (!leadership.actsFor(spec.id())) {
            return new LeftToAnother();
        }
        Outcome obstacle = obstacle(spec);
        if (obstacle != null) {
            return obstacle;
        }
        return switch (spec.mode()) {
            case SCALE -> scale.carryOut(spec, order, now);
            case HPA_FLOOR -> floors.carryOut(spec, order, now);
            case OBSERVE, KEDA -> throw new IllegalStateException("mode %s does not act".formatted(spec.mode()));
        };
    }

    private Outcome leftToKeda(EndpointSpec spec) {
        String namespace = spec.id().namespace();
        if (!view.scaledObjectsOf(namespace, spec.scaleTargetRef()).isEmpty()) {
            return new LeftToKeda();
        }
        return new NotScaled(view.blindness(namespace)
                .map(reason -> "it is not known who scales there: " + reason)
                .orElseGet(() -> "no KEDA ScaledObject scales %s: nobody carries it out"
                        .formatted(Targets.describe(namespace, spec.scaleTargetRef()))));
    }

    /** What stands in the way of every channel, null where nothing does. */
    private @Nullable Outcome obstacle(EndpointSpec spec) {
        String namespace = spec.id().namespace();
        Optional<String> blindness = view.blindness(namespace);
        if (blindness.isPresent()) {
            return new NotScaled("it is not known who else scales there: " + blindness.get());
        }
        List<String> scaledObjects = view.scaledObjectsOf(namespace, spec.scaleTargetRef());
        return scaledObjects.isEmpty()
                ? null
                : new Contested("the KEDA ScaledObject %s/%s scales %s: with mode Keda it asks for decisions"
                        .formatted(
                                namespace,
                                scaledObjects.getFirst(),
                                Targets.describe(namespace, spec.scaleTargetRef())));
    }

    /**
     * Gives back the floors of endpoints that do not keep them up any more; once per cycle, and only where specifications have
     * been read completely: an endpoint that is not known is taken for deleted.
     *
     * @param inForce specifications as they are in force
     * @param existing all specifications that are there, also those that are not valid; their floors run out
     */
    public List<ReturnedFloor> sweepFloors(
            Map<EndpointId, EndpointSpec> inForce, Set<EndpointId> existing, Instant now) {
        floors.retain(inForce);
        List<ReturnedFloor> returned = sweeper.sweep(inForce, existing, now);
        refusals.retain(endpoint -> existing.contains(endpoint) || sweeper.hasFloor(endpoint));
        return returned;
    }

    /** Gives back all floors of these endpoints that this replica acts for: where nobody will keep them up. */
    public List<ReturnedFloor> restoreFloors(Predicate<EndpointId> whose, Instant now) {
        return sweeper.restoreAll(whose, now);
    }

    @Override
    public void close() {
        writes.close();
    }
}
