package dev.prescale.forecast;

import java.util.Arrays;

/** What was issued from one origin at the horizons of the grid, and what became of it. */
final class Issue {
    private final int origin;
    private final double weight;
    private final double[] combined;
    /** By member; given up when all is settled. */
    private double[][] byMember;

    private final double[][] naiveErrors;
    private final double[] errors;

    /**
     * @param weight days that this issue speaks for
     * @param combined rates (req/s) at the horizons of the grid
     * @param byMember the same of each member, of shape [member][horizon]
     */
    Issue(int origin, double weight, double[] combined, double[][] byMember, int naives) {
        this.origin = origin;
        this.weight = weight;
        this.combined = combined;
        this.byMember = byMember;
        this.errors = new double[combined.length];
        this.naiveErrors = new double[naives][combined.length];
        Arrays.fill(errors, Double.NaN);
        for (double[] naive : naiveErrors) {
            Arrays.fill(naive, Double.NaN);
        }
    }

    int origin() {
        return origin;
    }

    double weight() {
        return weight;
    }

    double combined(int position) {
        return combined[position];
    }

    double[][] byMember() {
        return byMember;
    }

    /** {@code y - f} of the combination per horizon of the grid, {@code NaN} while not known. */
    double[] errors() {
        return errors;
    }

    double[][] naiveErrors() {
        return naiveErrors;
    }

    void settle(int position, double rate, int[] naives) {
        errors[position] = rate - combined[position];
        for (int n = 0; n < naives.length; n++) {
            naiveErrors[n][position] = naives[n] < 0 ? Double.NaN : rate - byMember[naives[n]][position];
        }
    }

    void close() {
        byMember = new double[0][];
    }
}
