package dev.prescale.scaling;

import dev.prescale.scaling.ScalingPolicy.MetricTarget;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
import dev.prescale.scaling.TargetTracking.Tracked;
import java.util.ArrayList;
import java.util.List;

/**
 * Target tracking on every configured metric, each at its own target. A reading of the workload as a whole counts where
 * there is one, else the readings of its pods.
 */
final class MetricTracking implements SizingRule {
    @Override
    public List<Opinion> opinions(Situation situation) {
        List<Opinion> opinions = new ArrayList<>();
        for (MetricTarget metric : situation.policy().reactive().metrics()) {
            opinions.add(opinion(metric, situation));
        }
        return opinions;
    }

    private static Opinion opinion(MetricTarget metric, Situation situation) {
        return MetricReadings.isReadByPod(metric, situation.observation())
                ? byPod(metric, situation)
                : Opinion.on(
                        metric.name(),
                        MetricReadings.asAWhole(metric.name(), situation.observation()),
                        value -> asAWhole(metric, value, situation));
    }

    private static Opinion byPod(MetricTarget metric, Situation situation) {
        PodTracking tracking = MetricReadings.podTracking(metric, situation.policy());
        Tolerance tolerance = situation.policy().reactive().tolerance();
        return switch (tracking.track(situation.observation().pods(), situation.currentReplicas())) {
            case PodTracking.Known known ->
                wants(metric, known.tracked(), perPod(metric, known.reading()) + counted(known), tolerance);
            case PodTracking.Unknown unknown ->
                new Opinion.Missing(metric.name(), ReasonCode.NO_DATA, unknown.reason());
        };
    }

    private static Opinion asAWhole(MetricTarget metric, double value, Situation situation) {
        int current = situation.currentReplicas();
        int ready = situation.observation().readyReplicas();
        Tolerance tolerance = situation.policy().reactive().tolerance();
        boolean needsReady = metric.type() != TargetType.AVERAGE_VALUE;
        if (needsReady && ready == 0 && current > 0) {
            return new Opinion.Missing(
                    metric.name(), ReasonCode.NO_DATA, "no replica is ready to report " + metric.name());
        }
        return switch (metric.type()) {
            case UTILIZATION ->
                wants(
                        metric,
                        TargetTracking.byUtilization(value, metric.target(), current, ready, tolerance),
                        perPod(metric, value),
                        tolerance);
            case VALUE ->
                wants(
                        metric,
                        TargetTracking.byValue(value, metric.target(), current, ready, tolerance),
                        "%s is %s, target %s"
                                .formatted(metric.name(), Wording.number(value), Wording.number(metric.target())),
                        tolerance);
            case AVERAGE_VALUE ->
                wants(
                        metric,
                        TargetTracking.byAverageValue(value, metric.target(), current, tolerance),
                        "%s is %s in total, target %s each"
                                .formatted(metric.name(), Wording.number(value), Wording.number(metric.target())),
                        tolerance);
        };
    }

    /** What the arithmetic of the reading alone does not show. */
    private static String counted(PodTracking.Known known) {
        if (known.missing() + known.unready() == 0) {
            return "";
        }
        return " (beside %d without a reading and %d not ready, which count against the change)"
                .formatted(known.missing(), known.unready());
    }

    private static String perPod(MetricTarget metric, double value) {
        return metric.type() == TargetType.UTILIZATION
                ? "%s is at %s, target %s"
                        .formatted(metric.name(), Wording.percent(value), Wording.percent(metric.target()))
                : "%s is %s per pod, target %s"
                        .formatted(metric.name(), Wording.number(value), Wording.number(metric.target()));
    }

    private static Opinion wants(MetricTarget metric, Tracked tracked, String comparison, Tolerance tolerance) {
        String replicas = Wording.replicas(tracked.replicas());
        return tracked.withinTolerance()
                ? new Opinion.Wants(
                        metric.name(),
                        tracked.replicas(),
                        ReasonCode.WITHIN_TOLERANCE,
                        "%s: too close (tolerance %s) or too uncertain to leave %s"
                                .formatted(comparison, Wording.tolerance(tolerance), replicas))
                : new Opinion.Wants(
                        metric.name(),
                        tracked.replicas(),
                        ReasonCode.TARGET_TRACKING,
                        comparison + ": needs " + replicas);
    }
}
