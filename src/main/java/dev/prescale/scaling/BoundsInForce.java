package dev.prescale.scaling;

import dev.prescale.scaling.ScalingPolicy.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * The policy's bounds, tightened by open schedules. Where they contradict each other, {@code maxReplicas} beats every
 * schedule, and {@code minReplicas} or a schedule's floor beats a schedule's ceiling.
 *
 * @param minSchedule the schedule that set the minimum, null for the policy itself
 * @param maxSchedule the schedule that set the maximum, null for the policy itself
 */
record BoundsInForce(
        int minReplicas,
        @Nullable Schedule minSchedule,
        int maxReplicas,
        @Nullable Schedule maxSchedule) {

    static BoundsInForce of(Situation situation) {
        var bounds = situation.policy().bounds();
        int floor = bounds.minReplicas();
        int ceiling = bounds.maxReplicas();
        Schedule floorSchedule = null;
        Schedule ceilingSchedule = null;
        for (Schedule schedule : situation.policy().schedules()) {
            if (!schedule.activeAt().test(situation.now())) {
                continue;
            }
            Integer minReplicas = schedule.minReplicas();
            if (minReplicas != null && minReplicas > floor) {
                floor = minReplicas;
                floorSchedule = schedule;
            }
            Integer maxReplicas = schedule.maxReplicas();
            if (maxReplicas != null && maxReplicas < ceiling) {
                ceiling = maxReplicas;
                ceilingSchedule = schedule;
            }
        }
        int min = Math.min(floor, bounds.maxReplicas());
        return new BoundsInForce(min, floorSchedule, Math.max(ceiling, min), ceilingSchedule);
    }
}
