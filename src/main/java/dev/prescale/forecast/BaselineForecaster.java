package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.TrafficCalendar;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A plain method with point forecasts only, to compare with. Those that {@link CombinedForecaster} combines too are here as
 * they are there; Holt-Winters and the seasonal-trend decomposition are not combined, because a weak member costs more than
 * it brings.
 */
public final class BaselineForecaster {
    private static final Map<String, Function<LearningHistory, Member>> METHODS = methods();

    private final String name;
    private final Function<LearningHistory, Member> method;

    private BaselineForecaster(String name, Function<LearningHistory, Member> method) {
        this.name = name;
        this.method = method;
    }

    private static Map<String, Function<LearningHistory, Member>> methods() {
        Map<String, Function<LearningHistory, Member>> methods = new LinkedHashMap<>();
        methods.put(LastValue.NAME, LastValue::new);
        methods.put(SeasonalNaive.DAY, SeasonalNaive::ofDay);
        methods.put(SeasonalNaive.WEEK, SeasonalNaive::ofWeek);
        methods.put(FourWeekMean.NAME, FourWeekMean::new);
        methods.put(HoltWinters.NAME, HoltWinters::new);
        methods.put(SeasonalTrend.NAME, SeasonalTrend::new);
        return methods;
    }

    /** @throws IllegalArgumentException where there is none of this name; the message lists all */
    public static BaselineForecaster named(String name) {
        Function<LearningHistory, Member> method = METHODS.get(name);
        if (method == null) {
            throw new IllegalArgumentException("baseline must be one of %s, was %s".formatted(names(), name));
        }
        return new BaselineForecaster(name, method);
    }

    public static List<String> names() {
        return List.copyOf(METHODS.keySet());
    }

    public String name() {
        return name;
    }

    /**
     * Forecasts the steps after the history.
     *
     * @return req/s per step; where the method has nothing to say, the newest rate known
     */
    public double[] forecast(RateSeries history, TrafficCalendar calendar, int steps) {
        Require.that(history.hasSamples(), "history must have a sample");
        LearningHistory learning = new LearningHistory(history, calendar, steps);
        Member member = method.apply(learning);
        int[] horizons = new int[steps];
        Arrays.setAll(horizons, h -> h + 1);
        double[] rates = new double[steps];
        new LastValue(learning).forecast(history.size(), horizons, rates);
        if (member.speaksAt(history.size())) {
            double[] spoken = new double[steps];
            member.forecast(history.size(), horizons, spoken);
            for (int h = 0; h < steps; h++) {
                rates[h] = Double.isNaN(spoken[h]) ? rates[h] : spoken[h];
            }
        }
        return rates;
    }
}
