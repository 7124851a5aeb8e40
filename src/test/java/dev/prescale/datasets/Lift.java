package dev.prescale.datasets;

/** What surges add per minute of a trace. */
final class Lift {
    private final double[] added;

    Lift(int minutes) {
        this.added = new double[minutes];
    }

    double at(int minute) {
        return added[minute];
    }

    /** Adds {@code height} from one minute to the next, fading by half every {@code halfLifeMinutes}. */
    void jump(int minute, double height, double halfLifeMinutes) {
        surge(minute, 0, 0, height, halfLifeMinutes);
    }

    /** Adds {@code height} for so many minutes and nothing afterwards. */
    void plateau(int minute, int lengthMinutes, double height) {
        for (int m = Math.max(minute, 0); m < Math.min(minute + lengthMinutes, added.length); m++) {
            added[m] += height;
        }
    }

    /** Rises in a straight line, stays, then fades by half every {@code halfLifeMinutes}. */
    void surge(int minute, int riseMinutes, int stayMinutes, double height, double halfLifeMinutes) {
        int end = Math.min(added.length, (int) (minute + riseMinutes + stayMinutes + 12 * halfLifeMinutes));
        for (int m = Math.max(minute, 0); m < end; m++) {
            int sinceStart = m - minute;
            int sinceFade = sinceStart - riseMinutes - stayMinutes;
            double share = sinceStart < riseMinutes
                    ? (sinceStart + 1.0) / (riseMinutes + 1)
                    : StrictMath.exp(-StrictMath.log(2) * Math.max(0, sinceFade) / halfLifeMinutes);
            added[m] += height * share;
        }
    }
}
