package dev.prescale.control;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of several specifications acts on a workload: of those that act on the same one, the oldest. The others are in conflict with
 * it: they compute and are shown, and change nothing.
 */
public final class TargetClaims {
    private TargetClaims() {}

    /**
     * A specification in force.
     *
     * @param created when it was made; null where it is a file, which tells nothing of its age and counts as older
     */
    public record Claim(EndpointSpec spec, @Nullable Instant created) {}

    /** A workload. Versions of a kind show the same one. */
    public record Target(String namespace, String group, String kind, String name) {
        public static Target of(EndpointSpec spec) {
            return of(spec.id().namespace(), spec.scaleTargetRef());
        }

        public static Target of(String namespace, ScaleTargetRef reference) {
            String apiVersion = reference.apiVersion();
            int slash = apiVersion.indexOf('/');
            return new Target(
                    namespace, slash < 0 ? "" : apiVersion.substring(0, slash), reference.kind(), reference.name());
        }
    }

    private static final Comparator<Claim> OLDEST_FIRST = Comparator.comparing(
                    Claim::created, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(claim -> claim.spec().id());

    /** For each specification that may not act: the one that it is in conflict with. The order of the claims does not matter. */
    public static SortedMap<EndpointId, EndpointId> conflicts(Collection<Claim> claims) {
        Map<Target, EndpointId> actors = claims.stream()
                .filter(claim -> claim.spec().mode().acts())
                .sorted(OLDEST_FIRST)
                .collect(Collectors.toMap(
                        claim -> Target.of(claim.spec()), claim -> claim.spec().id(), (older, newer) -> older));
        SortedMap<EndpointId, EndpointId> conflicts = new TreeMap<>();
        for (Claim claim : claims) {
            EndpointId actor = actors.get(Target.of(claim.spec()));
            EndpointId id = claim.spec().id();
            if (claim.spec().mode().acts() && actor != null && !actor.equals(id)) {
                conflicts.put(id, actor);
            }
        }
        return conflicts;
    }
}
