package dev.prescale.scaling;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.scaling.Observation.Phase;
import dev.prescale.scaling.Observation.PodReading;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
import dev.prescale.scaling.TargetTracking.Tracked;
import java.util.List;

/**
 * The formulas of Kubernetes' HorizontalPodAutoscaler for readings by pod. Pods without a reading count against the
 * direction of change, so that what is unknown never makes a change larger:
 *
 * <ol>
 *   <li>Deleted and failed pods are left out. Pending pods are unready; for {@code cpu} also pods that are not ready or
 *       still initializing. Other pods without a usage are missing.
 *   <li>{@code ratio = (sum of usage / sum of requests) / target} over the rest, the utilization truncated to whole
 *       percents; for an average {@code (sum of usage / pods) / target}.
 *   <li>Nothing missing, and no unready pod on scale-up: within tolerance hold, else {@code ceil(ratio * counted)}.
 *   <li>Else the ratio is taken again: on scale-up missing and unready pods use nothing; on scale-down missing pods use
 *       all they requested (or the target where that is more), for an average exactly the target. Hold where this is
 *       within tolerance or changes the direction; else {@code ceil(ratio * pods in it)}, never against the direction.
 * </ol>
 *
 * Source: kubernetes {@code replica_calculator.go}, {@code GetResourceReplicas}, {@code calcPlainMetricReplicas},
 * {@code groupPods}.
 */
final class PodTracking {
    private static final String CPU = "cpu";

    private final String resource;
    private final double target;
    private final boolean isUtilization;
    private final Tolerance tolerance;

    private PodTracking(String resource, double target, boolean isUtilization, Tolerance tolerance) {
        this.resource = resource;
        this.target = target;
        this.isUtilization = isUtilization;
        this.tolerance = tolerance;
    }

    /** @param targetUtilization of what the pods request, as a fraction */
    static PodTracking byUtilization(String resource, double targetUtilization, Tolerance tolerance) {
        return new PodTracking(resource, targetUtilization, true, tolerance);
    }

    /** @param target mean usage per pod, in the unit of the usage */
    static PodTracking byAverage(String resource, double target, Tolerance tolerance) {
        return new PodTracking(resource, target, false, tolerance);
    }

    /** What the pods came to. */
    sealed interface Outcome {}

    /**
     * @param reading utilization (fraction) or mean usage of the pods that count
     * @param missing pods without a reading that were counted against the change
     * @param unready pods not ready that were, on scale-up
     */
    record Known(double reading, Tracked tracked, int missing, int unready) implements Outcome {}

    /** No number can be had, and why. */
    record Unknown(String reason) implements Outcome {}

    /** Desired replicas from the pods' readings. */
    Outcome track(List<PodReading> pods, int currentReplicas) {
        if (isUtilization && pods.stream().anyMatch(pod -> !(weight(pod) > 0))) {
            return new Unknown("a pod has no " + resource + " request");
        }
        Usage usage = new Usage();
        Usage missingPods = new Usage();
        Usage unreadyPods = new Usage();
        for (PodReading pod : pods) {
            switch (standing(pod)) {
                case LEFT_OUT -> {}
                case UNREADY -> unreadyPods.add(0, weight(pod));
                case MISSING -> missingPods.add(0, weight(pod));
                case COUNTED -> usage.add(usageOf(pod), weight(pod));
            }
        }
        if (usage.pods == 0) {
            return new Unknown("no ready pod reports " + resource);
        }
        double reading = reading(usage);
        double ratio = reading / target;
        boolean isScaleUpWithUnready = unreadyPods.pods > 0 && ratio > 1;
        if (missingPods.pods == 0 && !isScaleUpWithUnready) {
            return new Known(
                    reading,
                    tolerance.covers(ratio)
                            ? new Tracked(currentReplicas, true)
                            : new Tracked(CapacityModel.ceilToReplicas(ratio * usage.pods), false),
                    0,
                    0);
        }
        if (ratio < 1) {
            double assumed = isUtilization ? Math.max(1, target) : target;
            missingPods.total = assumed * missingPods.weight;
        }
        if (ratio != 1) {
            usage.addAll(missingPods);
        }
        if (isScaleUpWithUnready) {
            usage.addAll(unreadyPods);
        }
        return new Known(
                reading,
                cautious(ratio, usage, currentReplicas),
                missingPods.pods,
                isScaleUpWithUnready ? unreadyPods.pods : 0);
    }

    private Tracked cautious(double ratio, Usage usage, int currentReplicas) {
        double cautiousRatio = reading(usage) / target;
        boolean changesDirection = (ratio < 1 && cautiousRatio > 1) || (ratio > 1 && cautiousRatio < 1);
        if (changesDirection || tolerance.covers(cautiousRatio)) {
            return new Tracked(currentReplicas, true);
        }
        int replicas = CapacityModel.ceilToReplicas(cautiousRatio * usage.pods);
        boolean goesAgainst = cautiousRatio < 1 ? replicas > currentReplicas : replicas < currentReplicas;
        return goesAgainst ? new Tracked(currentReplicas, true) : new Tracked(replicas, false);
    }

    private double reading(Usage usage) {
        double mean = usage.total / usage.weight;
        return isUtilization ? Math.floor(mean * 100 + CapacityModel.CEIL_EPSILON) / 100 : mean;
    }

    private Standing standing(PodReading pod) {
        if (pod.deleted() || pod.phase() == Phase.FAILED) {
            return Standing.LEFT_OUT;
        }
        if (pod.phase() == Phase.PENDING) {
            return Standing.UNREADY;
        }
        if (pod.usageOf(resource) == null) {
            return Standing.MISSING;
        }
        boolean isUnready = resource.equals(CPU) && (!pod.ready() || pod.initializing());
        return isUnready ? Standing.UNREADY : Standing.COUNTED;
    }

    private double usageOf(PodReading pod) {
        Double usage = pod.usageOf(resource);
        return usage == null ? 0 : usage;
    }

    /** What a pod's usage is measured against: its request, or 1 for an average. */
    private double weight(PodReading pod) {
        return isUtilization ? pod.request().getOrDefault(resource, 0.0) : 1;
    }

    private enum Standing {
        LEFT_OUT,
        UNREADY,
        MISSING,
        COUNTED
    }

    /** Sums over pods. */
    private static final class Usage {
        private int pods;
        private double total;
        private double weight;

        private void add(double podUsage, double podWeight) {
            pods++;
            total += podUsage;
            weight += podWeight;
        }

        private void addAll(Usage others) {
            pods += others.pods;
            total += others.total;
            weight += others.weight;
        }
    }
}
