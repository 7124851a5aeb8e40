package dev.prescale.forecast;

import dev.prescale.forecast.SeasonalRegression.Prior;
import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The forecast of one series, grown step by step in a constant time per step. For every step:
 *
 * <ol>
 *   <li>the history, the seasonal states and the regression take it in;
 *   <li>what was issued for it earlier is settled: members' errors weigh them from now on, those of the combination calibrate
 *       its quantiles;
 *   <li>from time to time a forecast is issued, as it would have been then: coefficients, weights and all.
 * </ol>
 *
 * A model built from a history in one go and one that was grown along are the same to the last bit. Not thread-safe.
 */
final class ForecastModel {
    private static final int SOLVED_PER_DAY = 4;
    /** A model is begun anew every day: a little more than that, and arrays need not grow. */
    private static final int ROOM_AFTER_A_DAY = 8;

    private final LearningHistory history;
    private final SeasonalStates states;
    private final SeasonalRegression regression;
    private final List<RegressionMember> solutions;
    private final List<Member> members;
    private final Combination combination;
    private final IssuedForecasts issued;
    private final HorizonGrid grid;
    private final int[] gridHorizons;
    private final int horizonSteps;
    private final int begunWith;
    /** By member, as of the last time they were asked. */
    private final boolean[] speaks;

    private int solvedAt;

    /**
     * What a model is made for, beside its grid.
     *
     * @param shared what was learned across endpoints
     */
    record Setting(TrafficCalendar calendar, int horizonSteps, SharedModel shared) {}

    /**
     * An empty model.
     *
     * @param series its start and its step
     * @param past rates (req/s, events of a known factor taken out) from which offset, holidays and past days of events are known
     */
    private ForecastModel(RateSeries series, double[] past, int expectedSteps, Setting setting) {
        int perDay = series.step().perDay();
        int capacity = expectedSteps + perDay + perDay / ROOM_AFTER_A_DAY;
        this.begunWith = past.length;
        this.horizonSteps = setting.horizonSteps();
        this.history = LearningHistory.growing(
                series, setting.calendar(), past, new LearningHistory.Room(capacity, horizonSteps));
        this.states = new SeasonalStates(history, capacity, past);
        this.grid = HorizonGrid.upTo(horizonSteps, series.step());
        this.gridHorizons = grid.horizons();
        this.regression = new SeasonalRegression(history, states, grid);
        ForecastFeatures features = new ForecastFeatures(history, states, regression);
        RegressionMember.Scope scope = new RegressionMember.Scope(grid, features);
        this.solutions = List.of(
                new RegressionMember("csr", regression, scope, Prior.BASE, 0.02),
                new RegressionMember("csrRidge", regression, scope, Prior.BASE, 0.3),
                new RegressionMember("csrWeek", regression, scope, Prior.WEEK, 0.1),
                new RegressionMember("csrNewest", regression, scope, Prior.NEWEST_VALUE, 0.1));
        this.members = members(features, setting.shared());
        this.speaks = new boolean[members.size()];
        this.combination = new Combination(members, new HorizonBuckets(series.step()));
        this.issued = new IssuedForecasts(history, grid, positionsOfNaives(), past.length);
    }

    /** The model before the first step of a series, with the offset, holidays and past days of events that it has. */
    static ForecastModel empty(RateSeries series, TrafficCalendar calendar, int horizonSteps, SharedModel shared) {
        double[] past = LearningHistory.withoutEvents(series, calendar);
        return new ForecastModel(series, past, series.size(), new Setting(calendar, horizonSteps, shared));
    }

    /** The model of a history. */
    static ForecastModel of(RateSeries series, TrafficCalendar calendar, int horizonSteps, SharedModel shared) {
        ForecastModel model = empty(series, calendar, horizonSteps, shared);
        for (int t = 0; t < series.size(); t++) {
            model.append(series.rateAt(t));
        }
        return model;
    }

    /** Writes all that was learnt; the step and the setting are the caller's to keep. */
    void writeTo(DataOutput out) throws IOException {
        out.writeInt(begunWith);
        history.writeTo(out);
        states.writeTo(window(), out);
        regression.writeTo(out);
        for (RegressionMember solution : solutions) {
            solution.writeTo(out);
        }
        out.writeInt(solvedAt);
        combination.writeTo(out);
        issued.writeTo(out);
    }

    /**
     * The model that was written; it goes on as that one would have, to the last bit.
     *
     * @param grid start and step of its series
     */
    static ForecastModel readFrom(DataInput in, RateSeries grid, Setting setting) throws IOException {
        int begunWith = DoubleArrays.count(in);
        double[] rates = DoubleArrays.readDoubles(in);
        if (begunWith > rates.length) {
            throw new IOException("%d steps, begun with %d".formatted(rates.length, begunWith));
        }
        ForecastModel model = new ForecastModel(grid, Arrays.copyOf(rates, begunWith), rates.length, setting);
        model.history.restore(rates);
        model.states.read(model.window(), in);
        model.regression.read(in);
        for (RegressionMember solution : model.solutions) {
            solution.read(in);
        }
        model.solvedAt = in.readInt();
        model.combination.read(in);
        model.issued.read(in);
        return model;
    }

    /** Older origins than the longest horizon of the grid are never asked for again. */
    private int window() {
        return grid.last() + 1;
    }

    private List<Member> members(ForecastFeatures features, SharedModel shared) {
        List<Member> all = new ArrayList<>(List.of(
                new LastValue(history),
                SeasonalNaive.ofDay(history),
                SeasonalNaive.ofWeek(history),
                new FourWeekMean(history),
                new LevelShape(history),
                new LevelProfile(history),
                new AnalogueDays(history, states),
                new DecayingLevel(DecayingLevel.QUICK, features, 0, 1.5),
                new DecayingLevel(DecayingLevel.HOUR, features, 1, 6),
                new DecayingLevel(DecayingLevel.QUARTER_DAY, features, 2, 18),
                new DecayingLevel(DecayingLevel.DAY, features, 3, 108)));
        all.addAll(solutions);
        Optional<ColdStartTrees> trees = shared.coldStart();
        trees.ifPresent(ensemble -> all.add(new SharedTrees(history, states, ensemble)));
        return List.copyOf(all);
    }

    private int[] positionsOfNaives() {
        int[] positions = new int[IssuedForecasts.NAIVES.size()];
        for (int i = 0; i < members.size(); i++) {
            int naive = IssuedForecasts.NAIVES.indexOf(members.get(i).name());
            if (naive >= 0) {
                positions[naive] = i;
            }
        }
        return positions;
    }

    /**
     * Takes in the next step.
     *
     * @param rate req/s, {@code NaN} for a gap
     */
    void append(double rate) {
        history.append(rate);
        states.learnNext();
        regression.learnNewest();
        issued.settleNewest(combination);
        combination.age();
        if (states.shifted()) {
            // what members were worth at the old level is forgotten twice as fast
            combination.age();
        }
        int origin = history.size();
        double days = issued.daysIssuedFor(origin);
        if (days > 0) {
            solveWhereDue(origin);
            double[][] byMember = issued.room(members.size());
            ask(origin, gridHorizons, byMember);
            double[] combined = new double[gridHorizons.length];
            combination.combine(combination.weights(speaks), gridHorizons, byMember, combined);
            issued.add(origin, days, combined, byMember);
        }
    }

    /** Coefficients move slowly once there are many rows; when they are solved for depends on the steps taken in alone. */
    private void solveWhereDue(int origin) {
        boolean due = origin - solvedAt >= history.step().perDay() / SOLVED_PER_DAY;
        if (due || ColdStart.isIn(history)) {
            solutions.forEach(RegressionMember::solve);
            solvedAt = origin;
        }
    }

    /**
     * Asks the members; who can {@link #speaks} is noted.
     *
     * @param rates req/s of shape [member][horizon], filled; {@code NaN} where a member says nothing
     */
    private void ask(int origin, int[] horizons, double[][] rates) {
        for (int i = 0; i < speaks.length; i++) {
            speaks[i] = members.get(i).speaksAt(origin);
            if (speaks[i]) {
                members.get(i).forecast(origin, horizons, rates[i]);
            } else {
                Arrays.fill(rates[i], Double.NaN);
            }
        }
    }

    /** The forecast of the next steps. */
    PointForecast point() {
        int[] horizons = new int[horizonSteps];
        Arrays.setAll(horizons, h -> h + 1);
        double[][] byMember = new double[members.size()][horizonSteps];
        ask(history.size(), horizons, byMember);
        double[][] weights = combination.weights(speaks);
        double[] rates = new double[horizonSteps];
        combination.combine(weights, horizons, byMember, rates);
        double last = history.rate(history.lastKnown(history.size()));
        for (int h = 0; h < rates.length; h++) {
            last = Double.isNaN(rates[h]) ? last : rates[h];
            rates[h] = last;
        }
        return new PointForecast(rates, combination.meanWeights(weights, horizonSteps));
    }

    LearningHistory history() {
        return history;
    }

    SeasonalStates states() {
        return states;
    }

    IssuedForecasts issued() {
        return issued;
    }

    HorizonGrid grid() {
        return grid;
    }

    int horizonSteps() {
        return horizonSteps;
    }
}
