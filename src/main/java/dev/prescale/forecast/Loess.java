package dev.prescale.forecast;

/**
 * Locally weighted linear regression on a grid of equal steps. The value at {@code x} is that of the line through the
 * {@code q} nearest points of the grid with least squares under tricube weights {@code (1 - (|i - x| / d)^3)^3}, {@code d}
 * the distance to the farthest of them; a gap weighs nothing (Cleveland 1979). Where the grid has only {@code n < q} points,
 * {@code d} grows by {@code (q - n) / 2}, as in the STL of netlib.
 */
final class Loess {
    /** Where the points that weigh anything are all but one place, a line means nothing and the mean is taken. */
    private static final double LEAST_SPREAD = 0.001;

    /** The edge of the window has weight 0; netlib's STL draws it here. */
    private static final double EDGE = 0.999;

    private Loess() {}

    /**
     * Smooths a whole series. Every {@code jump}-th point is fitted, the others are interpolated between two that are.
     *
     * @param smooth filled; {@code NaN} where no point of the window is known
     */
    static void smooth(double[] values, int q, int jump, double[] smooth) {
        int n = values.length;
        int fitted = 0;
        smooth[0] = at(0, values, q);
        while (fitted < n - 1) {
            int next = Math.min(fitted + jump, n - 1);
            smooth[next] = at(next, values, q);
            for (int i = fitted + 1; i < next; i++) {
                double share = (double) (i - fitted) / (next - fitted);
                smooth[i] = smooth[fitted] + share * (smooth[next] - smooth[fitted]);
            }
            fitted = next;
        }
    }

    /** @param x a place on the grid, or one step before or after it */
    static double at(int x, double[] values, int q) {
        int n = values.length;
        int width = Math.min(q, n);
        int first = Math.clamp(x - (q - 1) / 2, 0, n - width);
        int last = first + width - 1;
        double d = Math.max(x - first, last - x) + Math.max(0, q - n) / 2;
        double sumW = 0;
        double sumX = 0;
        double sumXx = 0;
        double sumY = 0;
        double sumXy = 0;
        for (int i = first; i <= last; i++) {
            double y = values[i];
            double u = i - x;
            double r = Math.abs(u);
            if (Double.isNaN(y) || r > EDGE * d) {
                continue;
            }
            double cube = r / d * (r / d) * (r / d);
            double w = (1 - cube) * (1 - cube) * (1 - cube);
            sumW += w;
            sumX += w * u;
            sumXx += w * u * u;
            sumY += w * y;
            sumXy += w * u * y;
        }
        if (sumW == 0) {
            return Double.NaN;
        }
        double meanX = sumX / sumW;
        double meanY = sumY / sumW;
        double variance = sumXx / sumW - meanX * meanX;
        if (Math.sqrt(Math.max(0, variance)) <= LEAST_SPREAD * (n - 1)) {
            return meanY;
        }
        double slope = (sumXy / sumW - meanX * meanY) / variance;
        return meanY - slope * meanX;
    }
}
