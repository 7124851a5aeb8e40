package dev.prescale.simulation;

import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Schedule;
import java.time.Instant;

/**
 * Bounds that a policy and its open schedules have at an instant, as documented and worked out apart from the production
 * code: the largest floor and the smallest ceiling count, the policy's maximum beats a floor, a floor beats a ceiling.
 *
 * @param isCeilingOfSchedule whether a schedule lowers the maximum
 */
record BoundsAt(int min, int max, boolean isCeilingOfSchedule) {
    static BoundsAt of(ScalingPolicy policy, Instant now) {
        int floor = policy.bounds().minReplicas();
        int ceiling = policy.bounds().maxReplicas();
        for (Schedule schedule : policy.schedules()) {
            if (schedule.activeAt().test(now)) {
                Integer least = schedule.minReplicas();
                Integer most = schedule.maxReplicas();
                floor = least == null ? floor : Math.max(floor, least);
                ceiling = most == null ? ceiling : Math.min(ceiling, most);
            }
        }
        int min = Math.min(floor, policy.bounds().maxReplicas());
        return new BoundsAt(
                min, Math.max(ceiling, min), ceiling < policy.bounds().maxReplicas());
    }
}
