package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.forecast.SeasonalRegression.Prior;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeasonalRegressionTest {
    private static final int DAY = 24;
    private static final int WEEK = 168;
    private static final int P = SeasonalRegression.FEATURES;

    private final HorizonGrid grid = HorizonGrid.upTo(48, Rates.HOUR);

    /** All of a series taken in, and one solution. */
    private record Learnt(LearningHistory history, SeasonalStates states, SeasonalRegression regression) {
        static Learnt of(RateSeries series, HorizonGrid grid) {
            LearningHistory history = LearningHistory.growing(series, TrafficCalendar.UTC, series.size(), 48);
            SeasonalStates states = new SeasonalStates(history, series.size(), series.rates());
            SeasonalRegression regression = new SeasonalRegression(history, states, grid);
            for (int t = 0; t < series.size(); t++) {
                history.append(series.rateAt(t));
                states.learnNext();
                regression.learnNewest();
            }
            return new Learnt(history, states, regression);
        }

        double[] forecast(HorizonGrid grid, int origin, int steps) {
            RegressionMember member = new RegressionMember(
                    "csr",
                    regression,
                    new RegressionMember.Scope(grid, new ForecastFeatures(history, states, regression)),
                    Prior.BASE,
                    0.02);
            member.solve();
            return Horizons.forecast(member, origin, steps);
        }
    }

    private static double daily(int t) {
        return 10 + 5 * Math.sin(2 * Math.PI * t / DAY);
    }

    /** {@code z = ln(y + c)} of the season plus an AR(1) of phi = .8 per hour. */
    private static double[] wander(int size, double phi, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] a = new double[size];
        for (int t = 1; t < size; t++) {
            a[t] = phi * a[t - 1] + 0.05 * random.nextGaussian();
        }
        return a;
    }

    @Test
    void aDailySeasonIsContinuedExactly() {
        Learnt learnt = Learnt.of(Rates.hourly(3 * WEEK, SeasonalRegressionTest::daily), grid);
        double[] rates = learnt.forecast(grid, 3 * WEEK, 48);
        for (int h = 0; h < 48; h++) {
            assertThat(rates[h]).isCloseTo(daily(3 * WEEK + h), within(1e-9));
        }
    }

    @Test
    void aWeeklySeasonIsContinued() {
        // what the first week took for days of one kind fades: a thousandth of the rate is left after five weeks
        Learnt learnt = Learnt.of(Rates.hourly(6 * WEEK, t -> weekly(t)), grid);
        for (int origin : new int[] {5 * WEEK, 5 * WEEK + 4 * DAY, 6 * WEEK}) {
            double[] rates = learnt.forecast(grid, origin, 48);
            for (int h = 0; h < 48; h++) {
                assertThat(rates[h]).isCloseTo(weekly(origin + h), within(0.01));
            }
        }
    }

    private static double weekly(int t) {
        return daily(t) * (t / DAY % 7 >= 5 ? 0.9 : 1.05);
    }

    @Test
    void coefficientsFindHowFastDeparturesFromTheSeasonDecay() {
        int size = 8 * WEEK;
        double[] a = wander(size, 0.8, 1);
        double offset = 4;
        RateSeries series = Rates.hourly(size, t -> (daily(t) + offset) * Math.exp(a[t]) - offset);
        Learnt learnt = Learnt.of(series, grid);
        for (int h : new int[] {1, 2, 4}) {
            double with = 0;
            double of = 0;
            for (int origin = 4 * WEEK; origin < size; origin++) {
                double rate = learnt.forecast(grid, origin, 4)[h - 1];
                int target = origin + h - 1;
                double z = Math.log((rate + offset) / (daily(target) + offset));
                with += z * a[origin - 1];
                of += a[origin - 1] * a[origin - 1];
            }
            assertThat(with / of).as("decay over %s h", h).isCloseTo(Math.pow(0.8, h), within(0.1));
        }
    }

    @ParameterizedTest
    @EnumSource(Prior.class)
    void coefficientsAreThoseOfTheDefinition(Prior prior) {
        int size = 4 * WEEK;
        double[] a = wander(size, 0.9, 2);
        RateSeries series = Rates.hourly(size, t -> t % 31 == 0 ? Double.NaN : weekly(t) * Math.exp(a[t]));
        Learnt learnt = Learnt.of(series, grid);
        double[][] beta = new double[grid.size()][P];
        learnt.regression().solve(prior, 0.1, beta);
        for (int g : new int[] {0, 3, grid.size() - 1}) {
            double[] expected = byDefinition(learnt, grid.horizon(g), prior, 0.1);
            for (int i = 0; i < P; i++) {
                assertThat(beta[g][i])
                        .as("h %s, feature %s", grid.horizon(g), i)
                        .isCloseTo(expected[i], within(1e-9));
            }
        }
    }

    /** {@code beta0 + s (A + lambda max(1, h / 1 h) diag A)^-1 (g - A beta0)} from rows gathered anew. */
    private static double[] byDefinition(Learnt learnt, int h, Prior prior, double lambda) {
        int size = learnt.history().size();
        int drawnTo = prior == Prior.WEEK ? 3 : prior == Prior.NEWEST_VALUE ? 9 : -1;
        double[][] gram = new double[P][P + 1];
        int rows = 0;
        double[] x = new double[P];
        for (int t = h - 1; t < size; t++) {
            // every hour up to six hours, every other hour since the epoch beyond
            boolean taken = h <= 6 || learnt.history().slots().instantAt(t).getEpochSecond() / 3600 % 2 == 0;
            double z = learnt.states().clipped(t);
            double base = taken ? learnt.regression().fill(t - h + 1, t, x) : Double.NaN;
            if (Double.isNaN(z - base)) {
                continue;
            }
            rows++;
            double weight = Math.exp((t + 1) / (14.0 * DAY));
            double y = z - base - (drawnTo < 0 ? 0 : x[drawnTo]);
            for (int i = 0; i < P; i++) {
                for (int j = 0; j < P; j++) {
                    gram[i][j] += weight * x[i] * x[j];
                }
                gram[i][P] += weight * x[i] * y;
            }
        }
        double trace = 0;
        for (int i = 0; i < P; i++) {
            trace += gram[i][i];
        }
        for (int i = 0; i < P; i++) {
            gram[i][i] += lambda * Math.max(1, h) * gram[i][i] + 1e-9 * (trace + 1);
        }
        double[] beta = eliminated(gram);
        // beyond six hours a row stands for two
        double all = h > 6 ? 2.0 * rows : rows;
        for (int i = 0; i < P; i++) {
            beta[i] = all / (all + h / 2.0) * beta[i] + (i == drawnTo ? 1 : 0);
        }
        return beta;
    }

    /** Gauss-Jordan with the largest pivot; the last column is the right-hand side. */
    private static double[] eliminated(double[][] m) {
        int n = m.length;
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) {
                pivot = Math.abs(m[r][c]) > Math.abs(m[pivot][c]) ? r : pivot;
            }
            double[] row = m[pivot];
            m[pivot] = m[c];
            m[c] = row;
            for (int r = 0; r < n; r++) {
                double factor = r == c ? 0 : m[r][c] / row[c];
                for (int k = c; k <= n && factor != 0; k++) {
                    m[r][k] -= factor * row[k];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = m[i][n] / m[i][i];
        }
        return solution;
    }
}
