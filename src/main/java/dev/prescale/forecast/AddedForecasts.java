package dev.prescale.forecast;

import dev.prescale.forecast.Forecast.Provenance;
import dev.prescale.series.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The forecast of a sum of series, each with a weight. Quantiles are added level by level, as if all series were high together,
 * which is never too little above the median. Paths are added one by one: what happened to all series at the same time stays
 * together.
 */
public final class AddedForecasts {
    private AddedForecasts() {}

    /**
     * The steps that all parts cover.
     *
     * @param parts of one step and the same levels, at least one
     * @param weights one per part, finite and not negative
     */
    public static Forecast of(List<Forecast> parts, List<Double> weights) {
        Require.that(
                !parts.isEmpty() && parts.size() == weights.size(),
                "%s parts need as many weights, were %s",
                parts.size(),
                weights.size());
        Forecast first = parts.getFirst();
        Instant origin =
                parts.stream().map(Forecast::origin).max(Instant::compareTo).orElseThrow();
        Instant end = parts.stream().map(Forecast::end).min(Instant::compareTo).orElseThrow();
        for (Forecast part : parts) {
            Require.that(
                    part.step().equals(first.step()) && part.levels().equals(first.levels()),
                    "parts must have the same steps and levels");
        }
        int steps =
                (int) (Duration.between(origin, end).toSeconds() / first.step().seconds());
        Require.that(steps > 0, "parts must have a step in common, which end at %s and begin at %s", end, origin);
        double[][] rates = new double[steps][first.levels().size()];
        for (int p = 0; p < parts.size(); p++) {
            int ahead = ahead(parts.get(p), origin);
            for (int k = 0; k < steps; k++) {
                for (int i = 0; i < rates[k].length; i++) {
                    rates[k][i] += weights.get(p) * parts.get(p).rate(ahead + k, i);
                }
            }
        }
        ScenarioPaths paths = ScenarioPaths.drawnWhenAsked(() -> paths(parts, weights, origin, steps));
        return new Forecast(origin, first.step(), first.levels(), rates, paths, provenance(parts));
    }

    private static int ahead(Forecast part, Instant origin) {
        return (int) (Duration.between(part.origin(), origin).toSeconds()
                / part.step().seconds());
    }

    private static double[][] paths(List<Forecast> parts, List<Double> weights, Instant origin, int steps) {
        List<double[][]> drawn = parts.stream().map(Forecast::drawnPaths).toList();
        int count = drawn.stream().mapToInt(paths -> paths.length).max().orElse(0);
        double[][] sums = new double[count][steps];
        for (int p = 0; p < parts.size(); p++) {
            int ahead = ahead(parts.get(p), origin);
            for (int path = 0; path < count; path++) {
                // the newest column of errors is the last: those of the same past origin are added
                int columns = drawn.get(p).length;
                double[] course = drawn.get(p)[Math.floorMod(columns - count + path, columns)];
                for (int k = 0; k < steps; k++) {
                    sums[path][k] += weights.get(p) * course[ahead + k];
                }
            }
        }
        return sums;
    }

    /** Of the first part; the warnings of all. */
    private static Provenance provenance(List<Forecast> parts) {
        Provenance first = parts.getFirst().provenance();
        List<String> warnings = parts.stream()
                .map(part -> part.provenance().warnings())
                .flatMap(Collection::stream)
                .distinct()
                .toList();
        return new Provenance(first.members(), first.seasons(), first.quality(), first.skill(), warnings);
    }
}
