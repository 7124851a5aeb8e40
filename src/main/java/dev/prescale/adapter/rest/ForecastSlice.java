package dev.prescale.adapter.rest;

import dev.prescale.forecast.Forecast;
import dev.prescale.series.Require;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The part of a forecast that a question is about, on a grid of its own. Rows lie on whole steps since the epoch; the
 * first one contains {@code from}. A row that the forecast does not reach to its end is left out.
 *
 * <p>On a coarser grid (whole multiples) a row is the mean of the forecast's steps inside, level by level; that is exact
 * where their errors move together, which they nearly do within an hour. On a finer grid (whole parts) a step is
 * repeated, because a forecast says nothing of how the rate moves inside one of its steps. Rates between two levels of
 * the forecast are interpolated linearly in the level, which keeps quantiles from crossing.
 */
final class ForecastSlice {
    private final Forecast forecast;
    private final Step step;
    private final Instant start;
    private final int rows;
    /** Positions of the forecast's levels, from the lowest level to the highest. */
    private final int[] byLevel;

    /**
     * @param from instant of interest, usually now
     * @param step a whole multiple or a whole part of the forecast's step
     */
    ForecastSlice(Forecast forecast, Instant from, Duration horizon, Step step) {
        Require.that(fits(step, forecast.step()), "step %s must be a multiple or part of %s", step, forecast.step());
        this.forecast = forecast;
        this.step = step;
        Instant earliest = from.isBefore(forecast.origin()) ? forecast.origin() : from;
        this.start =
                Instant.ofEpochSecond(Math.floorDiv(earliest.getEpochSecond(), (long) step.seconds()) * step.seconds());
        long covered = Math.max(0, Duration.between(start, forecast.end()).toSeconds()) / step.seconds();
        this.rows = (int) Math.min(covered, step.covering(horizon));
        this.byLevel = IntStream.range(0, forecast.levels().size())
                .boxed()
                .sorted(Comparator.comparing(forecast.levels()::get))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    static boolean fits(Step step, Step forecastStep) {
        return step.seconds() % forecastStep.seconds() == 0 || forecastStep.seconds() % step.seconds() == 0;
    }

    int rows() {
        return rows;
    }

    Duration step() {
        return step.duration();
    }

    Instant start() {
        return start;
    }

    Instant instantAt(int row) {
        return start.plusSeconds((long) row * step.seconds());
    }

    double lowestLevel() {
        return forecast.levels().get(byLevel[0]);
    }

    double highestLevel() {
        return forecast.levels().get(byLevel[byLevel.length - 1]);
    }

    /** Rate (req/s) of a row at a level between the lowest and the highest of the forecast. */
    double rate(int row, double level) {
        double sum = 0;
        int first = firstStepOf(row);
        int end = endStepOf(row);
        for (int k = first; k < end; k++) {
            sum += rateOfStep(k, level);
        }
        return sum / (end - first);
    }

    /** Largest rate (req/s) at a level among the forecast's steps in a row: what replicas must serve. */
    double largestRate(int row, double level) {
        double largest = 0;
        for (int k = firstStepOf(row); k < endStepOf(row); k++) {
            largest = Math.max(largest, rateOfStep(k, level));
        }
        return largest;
    }

    private int firstStepOf(int row) {
        return Math.max(0, stepsSinceOrigin(instantAt(row)));
    }

    private int endStepOf(int row) {
        int multiple = Math.max(1, step.seconds() / forecast.step().seconds());
        return Math.min(forecast.steps(), Math.max(0, stepsSinceOrigin(instantAt(row)) + multiple));
    }

    private int stepsSinceOrigin(Instant instant) {
        long seconds = Duration.between(forecast.origin(), instant).toSeconds();
        return Math.toIntExact(Math.floorDiv(seconds, (long) forecast.step().seconds()));
    }

    private double rateOfStep(int stepIndex, double level) {
        Require.that(
                level >= lowestLevel() && level <= highestLevel(),
                "level must be in [%s, %s], was %s",
                lowestLevel(),
                highestLevel(),
                level);
        int above = 0;
        while (forecast.levels().get(byLevel[above]) < level) {
            above++;
        }
        double rateAbove = forecast.rate(stepIndex, byLevel[above]);
        double levelAbove = forecast.levels().get(byLevel[above]);
        if (above == 0 || levelAbove == level) {
            return rateAbove;
        }
        double rateBelow = forecast.rate(stepIndex, byLevel[above - 1]);
        double levelBelow = forecast.levels().get(byLevel[above - 1]);
        return rateBelow + (rateAbove - rateBelow) * (level - levelBelow) / (levelAbove - levelBelow);
    }
}
