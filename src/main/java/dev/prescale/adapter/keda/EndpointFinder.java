package dev.prescale.adapter.keda;

import dev.prescale.config.ScalerReference;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.FleetView;
import dev.prescale.control.Mode;
import dev.prescale.control.ScaledObjects;
import dev.prescale.control.TargetClaims.Target;
import io.grpc.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The endpoint that a trigger is about: the one that it names, else that of the ScaledObject's target, else, where the ScaledObject is
 * not seen, the one of its name. Safe for use by many threads.
 */
final class EndpointFinder {
    /** A target that is new is found this long after its specification. */
    private static final long OLDEST_NANOS = Duration.ofSeconds(1).toNanos();

    /** Of several with the same target: the one that KEDA carries out, then one that acts, then the first by name. */
    private static final Comparator<EndpointSpec> PREFERRED = Comparator.<EndpointSpec, Boolean>comparing(
                    spec -> spec.mode() != Mode.KEDA)
            .thenComparing(spec -> !spec.mode().acts())
            .thenComparing(EndpointSpec::id);

    private final Supplier<FleetView> fleet;
    private final ScaledObjects scaledObjects;
    private final LongSupplier nanoTime;
    private volatile Index index;

    /** Made anew at most once a second: a walk over all specifications is too much for every call. */
    private record Index(Map<Target, EndpointId> endpoints, long at) {}

    /** @param fleet asked for at each call, because the service may not have begun */
    EndpointFinder(Supplier<FleetView> fleet, ScaledObjects scaledObjects, LongSupplier nanoTime) {
        this.fleet = fleet;
        this.scaledObjects = scaledObjects;
        this.nanoTime = nanoTime;
        this.index = new Index(Map.of(), nanoTime.getAsLong() - OLDEST_NANOS);
    }

    Answer<EndpointSpec> find(ScalerReference reference) {
        if (reference.endpoint().isPresent()) {
            EndpointId named = reference.endpoint().get();
            return fleet.get()
                    .spec(named)
                    .<Answer<EndpointSpec>>map(Answer.Given::new)
                    .orElseGet(() -> Answer.refused(
                            Status.NOT_FOUND, "There is no endpoint %s with a valid specification.".formatted(named)));
        }
        Optional<ScaleTargetRef> target = scaledObjects.targetOf(reference.namespace(), reference.name());
        if (target.isPresent()) {
            return ofTarget(reference.namespace(), target.get())
                    .<Answer<EndpointSpec>>map(Answer.Given::new)
                    .orElseGet(() -> Answer.refused(
                            Status.NOT_FOUND,
                            "No endpoint in %s has the target of ScaledObject %s, %s %s; name one by the key endpoint."
                                    .formatted(
                                            reference.namespace(),
                                            reference.name(),
                                            target.get().kind(),
                                            target.get().name())));
        }
        EndpointId ofSameName = new EndpointId(reference.namespace(), reference.name());
        return fleet.get()
                .spec(ofSameName)
                .<Answer<EndpointSpec>>map(Answer.Given::new)
                .orElseGet(() -> Answer.refused(
                        Status.NOT_FOUND,
                        "The target of ScaledObject %s is not seen, and there is no endpoint of that name; name one by the key endpoint."
                                .formatted(ofSameName)));
    }

    private Optional<EndpointSpec> ofTarget(String namespace, ScaleTargetRef reference) {
        Target target = Target.of(namespace, reference);
        return Optional.ofNullable(endpointsByTarget().get(target))
                .flatMap(fleet.get()::spec)
                // only while it still has that target
                .filter(spec -> Target.of(spec).equals(target));
    }

    private Map<Target, EndpointId> endpointsByTarget() {
        Index present = index;
        long now = nanoTime.getAsLong();
        if (now - present.at() >= OLDEST_NANOS) {
            present = new Index(
                    fleet.get().specs().stream()
                            .sorted(PREFERRED)
                            .collect(Collectors.toMap(Target::of, EndpointSpec::id, (preferred, other) -> preferred)),
                    now);
            index = present;
        }
        return present.endpoints();
    }
}
