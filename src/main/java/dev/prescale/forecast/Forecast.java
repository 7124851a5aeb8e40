package dev.prescale.forecast;

import dev.prescale.series.Require;
import dev.prescale.series.SeriesQuality;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Request-rate quantiles per step after an origin. Step {@code k} covers
 * {@code [origin + k * step, origin + (k + 1) * step)}. Rates are finite, not negative and never cross: a higher level
 * never has a lower rate. Immutable.
 */
public final class Forecast {
    private final Instant origin;
    private final Step step;
    private final QuantileLevels levels;
    /** Step after step. */
    private final double[] rates;

    private final ScenarioPaths paths;
    private final Provenance provenance;

    /**
     * @param rates req/s of shape [step][level]
     * @param paths scenarios over the same steps, from which quantiles of a maximum are taken
     */
    public Forecast(
            Instant origin,
            Step step,
            QuantileLevels levels,
            double[][] rates,
            ScenarioPaths paths,
            Provenance provenance) {
        this(origin, step, levels, checked(rates, levels), paths, provenance);
    }

    private Forecast(
            Instant origin,
            Step step,
            QuantileLevels levels,
            double[] rates,
            ScenarioPaths paths,
            Provenance provenance) {
        this.origin = origin;
        this.step = step;
        this.levels = levels;
        this.rates = rates;
        this.paths = paths;
        this.provenance = provenance;
    }

    /**
     * The same forecast, which does not hold what its paths are drawn from but makes the forecast again when it is asked for a
     * peak.
     */
    public Forecast redrawnFrom(Supplier<Forecast> again) {
        ScenarioPaths redrawn = ScenarioPaths.drawnWhenAsked(() -> again.get().drawnPaths());
        return new Forecast(origin, step, levels, rates, redrawn, provenance);
    }

    private static double[] checked(double[][] rates, QuantileLevels levels) {
        double[] flat = new double[rates.length * levels.size()];
        for (int k = 0; k < rates.length; k++) {
            Require.that(
                    rates[k].length == levels.size(),
                    "step %s needs %s levels, had %s",
                    k,
                    levels.size(),
                    rates[k].length);
            for (int i = 0; i < rates[k].length; i++) {
                double rate = rates[k][i];
                Require.that(
                        rate >= 0 && rate < Double.POSITIVE_INFINITY,
                        "rate of step %s must be finite and >= 0, was %s",
                        k,
                        rate);
                for (int j = 0; j < i; j++) {
                    boolean ordered = levels.get(j) < levels.get(i) ? rates[k][j] <= rate : rates[k][j] >= rate;
                    Require.that(ordered, "quantiles of step %s cross: %s and %s", k, rates[k][j], rate);
                }
            }
            System.arraycopy(rates[k], 0, flat, k * levels.size(), levels.size());
        }
        return flat;
    }

    public Instant origin() {
        return origin;
    }

    public Step step() {
        return step;
    }

    public QuantileLevels levels() {
        return levels;
    }

    public int steps() {
        return rates.length / levels.size();
    }

    /** First instant that the forecast does not cover. */
    public Instant end() {
        return origin.plusSeconds((long) steps() * step.seconds());
    }

    /** The steps of which a part lies in {@code [from, to)}. */
    public IntStream stepsWithin(Instant from, Instant to) {
        long first = Math.floorDiv(Duration.between(origin, from).toSeconds(), step.seconds());
        long end = Math.ceilDiv(Duration.between(origin, to).toSeconds(), step.seconds());
        return IntStream.range((int) Math.clamp(first, 0, steps()), (int) Math.clamp(end, 0, steps()));
    }

    /** Rate (req/s) of a step at the level with this position. */
    public double rate(int stepIndex, int levelIndex) {
        return rates[stepIndex * levels.size() + levelIndex];
    }

    /** Rates (req/s) of a step, one per level. */
    public double[] rates(int stepIndex) {
        return Arrays.copyOfRange(rates, stepIndex * levels.size(), (stepIndex + 1) * levels.size());
    }

    /**
     * Quantiles of the <em>largest</em> rate in {@code [origin + from, origin + to)}, one per level: the quantile of the
     * maximum over scenario paths, which is not the maximum of the quantiles.
     */
    public double[] peak(Duration from, Duration to) {
        Require.that(
                !from.isNegative() && from.compareTo(to) < 0,
                "a window must begin before it ends, was %s to %s",
                from,
                to);
        int first = Math.toIntExact(from.toSeconds() / step.seconds());
        int last = Math.min(step.covering(to), steps());
        Require.that(first < last, "window %s to %s lies beyond the horizon of %s steps", from, to, steps());
        return paths.peakQuantiles(first, last, levels);
    }

    /** Rates (req/s) of shape [path][step]. */
    double[][] drawnPaths() {
        return paths.drawn();
    }

    public Provenance provenance() {
        return provenance;
    }

    /**
     * How a forecast came about.
     *
     * @param members who spoke, with weights that add up to 1
     * @param seasons season lengths that the history was long enough for
     * @param skill loss of the forecast beside the best naive baseline, on the same past origins
     * @param warnings sentences for the user
     */
    public record Provenance(
            List<MemberWeight> members,
            List<Duration> seasons,
            SeriesQuality quality,
            Skill skill,
            List<String> warnings) {
        public Provenance {
            members = List.copyOf(members);
            seasons = List.copyOf(seasons);
            warnings = List.copyOf(warnings);
        }
    }

    /** A member and its weight, averaged over the horizon. */
    public record MemberWeight(String name, double weight) {}

    /**
     * Mean pinball loss (req/s, averaged over the levels) on past origins; {@code NaN} where the history is too short to
     * tell.
     */
    public record Skill(double loss, String bestBaseline, double baselineLoss) {
        public boolean isKnown() {
            return !Double.isNaN(loss) && !Double.isNaN(baselineLoss);
        }
    }
}
