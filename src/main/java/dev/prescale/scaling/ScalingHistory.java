package dev.prescale.scaling;

import java.time.Instant;
import java.util.List;

/**
 * The past that limits and steps need. Immutable.
 *
 * @param recommendations {@link ScalingDecision#recommended} of past cycles as samples, one per cycle, oldest first. As
 *     with HPA one counts while it is younger than a window, however long it stayed in force: who restores them from a
 *     journal of changes adds a sample at the end of each one's time in force
 * @param changes replica changes that were carried out, oldest first
 * @param steps steps that were carried out, oldest first, for their cooldowns
 * @param breaches since when metrics have called for steps, at most one per metric
 * @param failures consecutive cycles without data before this one
 * @param restarted the history has not been read since the service started: hold, never shrink
 */
public record ScalingHistory(
        List<Recommendation> recommendations,
        List<ReplicaChange> changes,
        List<StepTaken> steps,
        List<Breach> breaches,
        int failures,
        boolean restarted) {
    public static final ScalingHistory NONE = new ScalingHistory(List.of(), List.of(), 0, false);

    public ScalingHistory {
        recommendations = List.copyOf(recommendations);
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
        breaches = List.copyOf(breaches);
    }

    /** A past without steps. */
    public ScalingHistory(
            List<Recommendation> recommendations, List<ReplicaChange> changes, int failures, boolean restarted) {
        this(recommendations, changes, List.of(), List.of(), failures, restarted);
    }

    /** What the rules asked for at an instant. */
    public record Recommendation(Instant at, int replicas) {}

    /** A change that was carried out. */
    public record ReplicaChange(Instant at, int from, int to) {}

    /**
     * A step that decided a change that was carried out.
     *
     * @param rule {@link StepRule#ruleName}
     * @param to what the step asked for; limits may have made another number of it
     */
    public record StepTaken(Instant at, String rule, int from, int to) {}

    /** All readings of a metric from one time to another called for steps in one direction; see {@link StepBreaches}. */
    public record Breach(String metric, StepRule.Direction direction, Instant since, Instant lastSeen) {}
}
