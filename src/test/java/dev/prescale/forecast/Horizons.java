package dev.prescale.forecast;

import java.util.Arrays;

/** What a member says of the next steps, for tests. */
final class Horizons {
    private Horizons() {}

    /** The horizons 1 to {@code steps}. */
    static int[] upTo(int steps) {
        int[] horizons = new int[steps];
        Arrays.setAll(horizons, h -> h + 1);
        return horizons;
    }

    /** Rates (req/s) of the steps from the origin on. */
    static double[] forecast(Member member, int origin, int steps) {
        double[] rates = new double[steps];
        member.forecast(origin, upTo(steps), rates);
        return rates;
    }
}
