package dev.prescale.forecast;

import dev.prescale.series.Step;
import java.util.Arrays;

/**
 * Horizons at which forecasts are regressed, judged and calibrated: 1, 2, 3, 4 steps, then each 1.4 times the last one, never
 * more than a quarter of a day apart. What holds at other horizons lies between its neighbours, linear in {@code ln h}. A
 * horizon of {@code h} steps means the {@code h}-th step after the origin.
 */
final class HorizonGrid {
    private static final double RATIO = 1.4;
    private static final int MOST_PER_DAY = 4;
    private static final int LONGEST_DAYS = 2;
    private static final int NOT_ON_IT = -1;

    private final int[] horizons;
    /** By horizon. */
    private final int[] positions;

    private final double[] places;

    private HorizonGrid(int[] horizons) {
        this.horizons = horizons;
        this.positions = new int[last() + 1];
        this.places = new double[last() + 1];
        Arrays.fill(positions, NOT_ON_IT);
        int low = 0;
        for (int h = horizons[0]; h <= last(); h++) {
            low += low + 1 < horizons.length && h >= horizons[low + 1] ? 1 : 0;
            boolean on = h == horizons[low];
            positions[h] = on ? low : NOT_ON_IT;
            double from = horizons[low];
            places[h] = on ? low : low + Math.log(h / from) / Math.log(horizons[low + 1] / from);
        }
    }

    /** The grid up to a horizon, or to two days where that is less. */
    static HorizonGrid upTo(int horizonSteps, Step step) {
        int last = Math.min(horizonSteps, LONGEST_DAYS * step.perDay());
        int widest = Math.max(1, step.perDay() / MOST_PER_DAY);
        int[] horizons = new int[last];
        int count = 0;
        int next = 1;
        while (next < last) {
            horizons[count++] = next;
            int apart = Math.clamp(Math.round(next * (RATIO - 1)), 1, widest);
            next += apart;
        }
        horizons[count++] = last;
        return new HorizonGrid(Arrays.copyOf(horizons, count));
    }

    int size() {
        return horizons.length;
    }

    /** Horizon (steps) at a position. */
    int horizon(int position) {
        return horizons[position];
    }

    int last() {
        return horizons[horizons.length - 1];
    }

    int[] horizons() {
        return horizons.clone();
    }

    boolean has(int horizon) {
        return horizon < positions.length && positions[horizon] != NOT_ON_IT;
    }

    int positionOf(int horizon) {
        return positions[horizon];
    }

    /**
     * Where a horizon lies on the grid, in {@code ln h}: 2.25 is a quarter of the way from the third to the fourth horizon; the
     * last one beyond it.
     */
    double place(int horizon) {
        return horizon > last() ? horizons.length - 1 : places[horizon];
    }

    /** Values given at the horizons of the grid, at another horizon. */
    double between(double[] values, int horizon) {
        double place = place(horizon);
        int low = (int) place;
        double share = place - low;
        return share > 0 ? values[low] + share * (values[low + 1] - values[low]) : values[low];
    }
}
