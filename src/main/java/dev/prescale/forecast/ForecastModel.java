package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Grows with its series. */
final class ForecastModel {
    /** Time constants (h) of the residual memories that the decaying levels use. */
    static final double[] MEMORY_HOURS = {1.0 / 6, 1, 6, 24};
    static final String[] NAIVES = {LastValue.NAME, SeasonalNaive.DAY, SeasonalNaive.WEEK};
    static final int KEPT_DAYS = 16;

    final LearningHistory history;
    final SeasonalStates states;
    final SeasonalRegression regression;
    final SeasonalRegression regression2;
    final HorizonGrid grid;
    final int[] gridHorizons;
    final ForecastFeatures features;
    final List<Member> members;
    final List<RegressionMember> solved = new ArrayList<>();
    final Combination combination;
    final Deque<Issue> issues = new ArrayDeque<>();
    final Deque<Issue> open = new ArrayDeque<>();
    final int[] naives;
    private final int issueFrom;
    private int first = -1;
    private boolean[] speaks;

    static ForecastModel of(RateSeries series, TrafficCalendar calendar, int horizon) {
        ForecastModel model = new ForecastModel(series, calendar, horizon);
        for (int t = 0; t < series.size(); t++) {
            model.append(series.rateAt(t));
        }
        return model;
    }

    ForecastModel(RateSeries series, TrafficCalendar calendar, int horizon) {
        int capacity = Math.max(series.size(), 1);
        history = LearningHistory.growing(series, calendar, capacity, horizon);
        states = new SeasonalStates(history, capacity, MEMORY_HOURS);
        grid = HorizonGrid.upTo(horizon, series.step());
        gridHorizons = grid.horizons();
        regression = new SeasonalRegression(history, states, grid, 14);
        regression2 = new SeasonalRegression(history, states, grid, Double.parseDouble(System.getProperty("mem2","5")));
        features = new ForecastFeatures(regression);
        issueFrom = series.size() - (KEPT_DAYS + 1) * series.step().perDay();
        List<Member> all = new ArrayList<>();
        List<double[]> priors = new ArrayList<>();
        for (String spec : System.getProperty("members", "last:0.95:1.6,day:1.5:1.15,week:1.3:1.15,week4:1.2:1.1,shape:1.3:1.1,quick:0.9:1.1,hour:0.92:0.95,quarter:1.1:0.9,dayl:1.2:0.95,csr:0.9:1.1,csr3:0.92:0.97,csrW:0.92:1.05,csrN:0.9:1.4,ana:1.1:1.2,lvl:1.3:1.1").split(",")) {
            String[] p = spec.split(":");
            Member m = switch (p[0]) {
                case "last" -> new LastValue(history);
                case "day" -> SeasonalNaive.ofDay(history);
                case "week" -> SeasonalNaive.ofWeek(history);
                case "week4" -> new FourWeekMean(history);
                case "shape" -> new LevelShape(history);
                case "base" -> new DecayingLevel("base", history, states, features, -1, 1);
                case "quick" -> new DecayingLevel(DecayingLevel.QUICK, history, states, features, 0, 1.5);
                case "hour" -> new DecayingLevel(DecayingLevel.HOUR, history, states, features, 1, 6);
                case "quarter" -> new DecayingLevel(DecayingLevel.QUARTER_DAY, history, states, features, 2, 18);
                case "dayl" -> new DecayingLevel(DecayingLevel.DAY, history, states, features, 3, 108);
                case "csr" -> csr("csr", regression, SeasonalRegression.Prior.BASE, 0.02);
                case "csr3" -> csr("csr3", regression, SeasonalRegression.Prior.BASE, 0.3);
                case "csrW" -> csr("csrW", regression, SeasonalRegression.Prior.WEEK, 0.1);
                case "csrD" -> csr("csrD", regression, SeasonalRegression.Prior.DAY, 0.1);
                case "csrN" -> csr("csrN", regression, SeasonalRegression.Prior.NEWEST_VALUE, 0.1);
                case "fast" -> csr("fast", regression2, SeasonalRegression.Prior.BASE, 0.05);
                case "fastN" -> csr("fastN", regression2, SeasonalRegression.Prior.NEWEST_VALUE, 0.1);
                case "fastW" -> csr("fastW", regression2, SeasonalRegression.Prior.WEEK, 0.1);
                case "lvl" -> new LevelProfile("levelProfile", history, true, 0.7);
                case "lvd" -> new LevelProfile("dayProfile", history, false, Double.parseDouble(System.getProperty("dm","0.7")));
                case "ana" -> new AnalogueDays(history, states);
                default -> throw new IllegalArgumentException(spec);
            };
            all.add(m);
            priors.add(new double[] {Double.parseDouble(p[1]), p.length > 2 ? Double.parseDouble(p[2]) : Double.parseDouble(p[1])});
        }
        members = List.copyOf(all);
        combination = new Combination(members, priors.toArray(double[][]::new), new HorizonBuckets(series.step()));
        naives = new int[NAIVES.length];
        for (int n = 0; n < naives.length; n++) {
            naives[n] = -1;
            for (int i = 0; i < members.size(); i++) {
                if (members.get(i).name().equals(NAIVES[n])) naives[n] = i;
            }
        }
    }

    private Member csr(String name, SeasonalRegression r, SeasonalRegression.Prior prior, double lambda) {
        RegressionMember m = new RegressionMember(name, history, states, r, grid, features, prior, lambda);
        solved.add(m);
        return m;
    }

    void append(double rate) {
        history.append(rate);
        states.learnNewest();
        regression.learnNewest();
        if (solved.size() > 5) regression2.learnNewest();
        settle(history.size() - 1);
        combination.age();
        if (first < 0 && !Double.isNaN(rate)) {
            first = history.size() - 1;
        }
        if (first < 0) {
            return;
        }
        int origin = history.size();
        int stride = stride(origin);
        if (origin % stride == 0 && origin >= issueFrom) {
            issue(origin, (double) stride / history.step().perDay());
        }
    }

    private int stride(int origin) {
        int perDay = history.step().perDay();
        int age = origin - first;
        int s = age < 2 * perDay ? perDay / 72 : age < 8 * perDay ? perDay / 28 : perDay / 11;
        s = Math.max(s, 1);
        while (gcd(s, perDay) > 1) s++;
        return s;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private void settle(int t) {
        double rate = history.rate(t);
        while (!open.isEmpty() && t - open.getFirst().origin() + 1 > grid.last()) {
            open.removeFirst().close();
        }
        while (!issues.isEmpty() && issues.getFirst().origin() < t - KEPT_DAYS * history.step().perDay()) {
            issues.removeFirst();
        }
        if (Double.isNaN(rate)) {
            return;
        }
        for (Issue issue : open) {
            int h = t - issue.origin() + 1;
            if (grid.has(h)) {
                int g = grid.positionOf(h);
                combination.settle(h, rate, issue.byMember(), g, issue.weight());
                issue.settle(g, rate, naives);
            }
        }
    }

    private void issue(int origin, double weight) {
        double[][] byMember = byMember(origin, gridHorizons);
        double[] combined = new double[gridHorizons.length];
        combination.combine(combination.weights(speaks), gridHorizons, byMember, combined);
        Issue issue = new Issue(origin, weight, combined, byMember, naives.length);
        issues.addLast(issue);
        open.addLast(issue);
    }

    double[][] byMember(int origin, int[] horizons) {
        for (RegressionMember m : solved) m.solve();
        speaks = new boolean[members.size()];
        double[][] byMember = new double[members.size()][horizons.length];
        for (int i = 0; i < members.size(); i++) {
            speaks[i] = members.get(i).speaksAt(origin);
            if (speaks[i]) {
                members.get(i).forecast(origin, horizons, byMember[i]);
            } else {
                Arrays.fill(byMember[i], Double.NaN);
            }
        }
        return byMember;
    }

    double[][] weights() {
        return combination.weights(speaks);
    }
}
