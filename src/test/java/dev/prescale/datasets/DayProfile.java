package dev.prescale.datasets;

/** Traffic over a local day, 1 = its usual peak: half cosines between the anchors given as hour, level, hour, level, ... */
final class DayProfile {
    private static final double HOURS = 24;

    private final double[] anchors;

    DayProfile(double... anchors) {
        this.anchors = anchors.clone();
    }

    /** @param hour local time of day, [0, 24) */
    double at(double hour) {
        int last = anchors.length / 2 - 1;
        double fromHour = anchors[2 * last] - HOURS;
        double fromLevel = anchors[2 * last + 1];
        for (int i = 0; i <= last; i++) {
            double toHour = anchors[2 * i];
            double toLevel = anchors[2 * i + 1];
            if (hour < toHour) {
                return between(fromLevel, toLevel, (hour - fromHour) / (toHour - fromHour));
            }
            fromHour = toHour;
            fromLevel = toLevel;
        }
        return between(fromLevel, anchors[1], (hour - fromHour) / (anchors[0] + HOURS - fromHour));
    }

    private static double between(double from, double to, double share) {
        return from + (to - from) * (1 - StrictMath.cos(Math.PI * share)) / 2;
    }
}
