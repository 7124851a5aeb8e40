package dev.prescale.adapter.kubernetes;

import dev.prescale.control.ReplicaStart;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The starts of pods, from their conditions. A pod's Ready condition tells only when it last changed: a readiness that went and
 * came back looks like a long start. So the first one that is seen counts, and every event of the watch is looked at; of a
 * pod that was ready when it was first seen only where no container has restarted and it served within {@link #PLAUSIBLE} of
 * its container's start. Remembers as many pods as there are.
 */
final class PodStarts implements ObjectStore.Tracker<Pod> {
    /** No longer than the largest lead time by default. */
    static final Duration PLAUSIBLE = Duration.ofMinutes(30);

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /**
     * What is remembered of a pod.
     *
     * @param start null while it is not ready, and where its readiness tells nothing
     */
    private record Seen(boolean isOver, @Nullable ReplicaStart start) {
        static final Seen WAITING = new Seen(false, null);
        static final Seen TELLS_NOTHING = new Seen(true, null);
    }

    @Override
    public void present(Pod pod) {
        String id = pod.getMetadata().getUid();
        Instant created = Pods.instant(pod.getMetadata().getCreationTimestamp());
        if (id != null && created != null) {
            Seen before = seen.get(id);
            if (before == null || !before.isOver()) {
                seen.put(id, look(pod, id, created, before != null));
            }
        }
    }

    @Override
    public void gone(Pod pod) {
        String id = pod.getMetadata().getUid();
        if (id != null) {
            seen.remove(id);
        }
    }

    /** Starts of these pods, which are present; those not ready yet have no {@code ready}. */
    List<ReplicaStart> of(List<Pod> pods) {
        List<ReplicaStart> starts = new ArrayList<>();
        for (Pod pod : pods) {
            String id = pod.getMetadata().getUid();
            Instant created = Pods.instant(pod.getMetadata().getCreationTimestamp());
            Seen known = id == null ? null : seen.get(id);
            if (id == null || created == null || known == null) {
                continue;
            }
            if (known.start() != null) {
                starts.add(known.start());
            } else if (!known.isOver()) {
                starts.add(start(pod, id, created, null));
            }
        }
        return starts;
    }

    private static Seen look(Pod pod, String id, Instant created, boolean isWitnessed) {
        PodCondition ready = Pods.condition(pod, "Ready");
        if (Pods.isBeingDeleted(pod)) {
            return Seen.TELLS_NOTHING;
        }
        if (ready == null || !Pods.isTrue(ready)) {
            return Seen.WAITING;
        }
        Instant since = Pods.instant(ready.getLastTransitionTime());
        if (since == null) {
            return Seen.TELLS_NOTHING;
        }
        // Two machines' clocks may disagree.
        ReplicaStart start = start(pod, id, created, since.isBefore(created) ? created : since);
        return isWitnessed || isPlausible(pod, start) ? new Seen(true, start) : Seen.TELLS_NOTHING;
    }

    private static boolean isPlausible(Pod pod, ReplicaStart start) {
        Duration serving = start.start();
        return !hasRestarted(pod) && serving != null && serving.compareTo(PLAUSIBLE) <= 0;
    }

    private static boolean hasRestarted(Pod pod) {
        return Pods.containers(pod).stream()
                .anyMatch(container -> container.getRestartCount() != null && container.getRestartCount() > 0);
    }

    private static ReplicaStart start(Pod pod, String id, Instant created, @Nullable Instant ready) {
        PodCondition scheduled = Pods.condition(pod, "PodScheduled");
        return new ReplicaStart(
                id,
                Pods.template(pod),
                created,
                scheduled != null && Pods.isTrue(scheduled) ? Pods.instant(scheduled.getLastTransitionTime()) : null,
                firstContainerStarted(pod),
                ready);
    }

    /** A container that has restarted tells its last start only. */
    private static @Nullable Instant firstContainerStarted(Pod pod) {
        return hasRestarted(pod)
                ? null
                : Pods.containers(pod).stream()
                        .map(PodStarts::started)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    private static @Nullable Instant started(ContainerStatus container) {
        return container.getState() == null || container.getState().getRunning() == null
                ? null
                : Pods.instant(container.getState().getRunning().getStartedAt());
    }
}
