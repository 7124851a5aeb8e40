package dev.prescale.scaling;

import dev.prescale.scaling.ScalingPolicy.Schedule;
import java.util.ArrayList;
import java.util.List;

/** Scheduled scaling: an open window with a floor asks for that many replicas. Ceilings are {@link BoundsInForce}. */
final class ScheduleFloors implements SizingRule {
    @Override
    public List<Opinion> opinions(Situation situation) {
        List<Opinion> opinions = new ArrayList<>();
        for (Schedule schedule : situation.policy().schedules()) {
            Integer floor = schedule.minReplicas();
            if (floor != null && schedule.activeAt().test(situation.now())) {
                opinions.add(new Opinion.Wants(
                        ruleName(schedule),
                        floor,
                        ReasonCode.SCHEDULE,
                        "schedule %s is open and keeps %s %s"
                                .formatted(
                                        schedule.name(),
                                        floor.equals(schedule.maxReplicas()) ? "exactly" : "at least",
                                        Wording.replicas(floor))));
            }
        }
        return opinions;
    }

    static String ruleName(Schedule schedule) {
        return "schedule:" + schedule.name();
    }
}
