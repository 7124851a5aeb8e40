package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a thousand endpoints from asking an API server again and again for what it refuses. Safe for use by many threads.
 *
 * <ul>
 *   <li>The first refusal of a kind is tried again in the next cycle, each further one after {@link #BETWEEN_TRIES}. A
 *       specification with another mode or target starts anew.
 *   <li>A server that asks for time gets it from all endpoints; of one that is silent nobody asks more in the same cycle.
 * </ul>
 */
final class Refusals {
    /** For four cycles of 15 s: a role that was granted works within a minute. */
    static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);

    private final Map<EndpointId, Refusal> standing = new ConcurrentHashMap<>();
    private volatile @Nullable Pause pause;

    private record Refusal(Subject subject, WriteFault.Kind kind, String sentence, int count, Instant nextTry) {}

    /** @param until nobody writes up to then, that instant included */
    private record Pause(Instant until, String sentence) {}

    /**
     * For whom something is written.
     *
     * @param mode null where a floor is given back
     */
    record Subject(
            EndpointId endpoint,
            @Nullable Mode mode,
            @Nullable ScaleTargetRef target) {
        static Subject of(EndpointSpec spec) {
            return new Subject(spec.id(), spec.mode(), spec.scaleTargetRef());
        }
    }

    /** Why nothing is to be written now, null where it may be tried. */
    @Nullable
    String standingFor(Subject subject, Instant now) {
        Pause pausing = pause;
        if (pausing != null && !now.isAfter(pausing.until())) {
            return pausing.sentence();
        }
        Refusal refusal = standing.get(subject.endpoint());
        return refusal != null && refusal.subject().equals(subject) && now.isBefore(refusal.nextTry())
                ? refusal.sentence()
                : null;
    }

    /** Remembers what the server answered. */
    void refused(Subject subject, WriteFault fault, String sentence, Instant now) {
        if (fault.kind() == WriteFault.Kind.SILENCE) {
            pauseUntil(now, sentence);
        } else if (fault.retryAfter() != null) {
            // the instant itself is over when the next cycle begins then
            pauseUntil(now.plus(fault.retryAfter()).minusMillis(1), sentence);
        } else if (fault.kind() == WriteFault.Kind.OUT_OF_DATE) {
            standing.remove(subject.endpoint());
        } else {
            standing.compute(subject.endpoint(), (id, before) -> {
                int count = before != null && before.subject().equals(subject) && before.kind() == fault.kind()
                        ? before.count() + 1
                        : 1;
                return new Refusal(subject, fault.kind(), sentence, count, count == 1 ? now : now.plus(BETWEEN_TRIES));
            });
        }
    }

    private synchronized void pauseUntil(Instant until, String sentence) {
        Pause before = pause;
        if (before == null || before.until().isBefore(until)) {
            pause = new Pause(until, sentence);
        }
    }

    void done(Subject subject) {
        standing.remove(subject.endpoint());
    }

    /** Forgets all others. */
    void retain(Predicate<EndpointId> endpoints) {
        standing.keySet().removeIf(endpoints.negate());
    }
}
