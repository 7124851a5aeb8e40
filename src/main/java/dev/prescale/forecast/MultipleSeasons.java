package dev.prescale.forecast;

/**
 * MSTL, several seasons taken out of a series in turn (Bandara, Hyndman and Bergmeir, arXiv:2107.13462, algorithm 1):
 * {@code S_i} = seasonal part of STL on {@code y - sum of S_j, j != i}, shortest season first, twice over; season {@code i}
 * (from 1) is smoothed over {@code 7 + 4 i} of its cycles.
 */
final class MultipleSeasons {
    private static final int ROUNDS = 2;

    private final double[] adjusted;
    private final SeasonalLoess[] seasons;

    /** @param periods seasons in steps, ascending; the series is at least twice as long as the last */
    MultipleSeasons(double[] y, int... periods) {
        this.adjusted = y.clone();
        this.seasons = new SeasonalLoess[periods.length];
        for (int i = 0; i < periods.length; i++) {
            seasons[i] = new SeasonalLoess(periods[i], 7 + 4 * (i + 1), y.length);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (SeasonalLoess season : seasons) {
                add(season.seasonal(), 1);
                season.decompose(adjusted);
                add(season.seasonal(), -1);
            }
        }
    }

    private void add(double[] seasonal, double sign) {
        for (int t = 0; t < adjusted.length; t++) {
            adjusted[t] += sign * seasonal[t];
        }
    }

    /** The series without any season, {@code NaN} in gaps. */
    double[] adjusted() {
        return adjusted;
    }

    /** Component of a season, also in gaps. */
    double seasonal(int season, int t) {
        return seasons[season].seasonal()[t];
    }
}
