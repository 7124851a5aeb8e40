package dev.prescale.forecast;

import java.util.Map;

/**
 * How far behind the best a member is on traffic in general, before anything is known of the series: its mean absolute error
 * over that of the best, within an hour and beyond. Rounded from the rolling origins of the development suite.
 */
record MemberPriors(double withinHour, double beyond) {
    private static final MemberPriors UNKNOWN = new MemberPriors(1.1, 1.1);
    private static final Map<String, MemberPriors> BY_NAME = Map.ofEntries(
            Map.entry(LastValue.NAME, new MemberPriors(0.95, 1.6)),
            Map.entry(SeasonalNaive.DAY, new MemberPriors(1.5, 1.15)),
            Map.entry(SeasonalNaive.WEEK, new MemberPriors(1.3, 1.15)),
            Map.entry(FourWeekMean.NAME, new MemberPriors(1.2, 1.1)),
            Map.entry(LevelShape.NAME, new MemberPriors(1.3, 1.1)),
            Map.entry(LevelProfile.NAME, new MemberPriors(1.3, 1.1)),
            Map.entry(AnalogueDays.NAME, new MemberPriors(1.1, 1.2)),
            Map.entry(DecayingLevel.QUICK, new MemberPriors(0.9, 1.1)),
            Map.entry(DecayingLevel.HOUR, new MemberPriors(0.92, 0.95)),
            Map.entry(DecayingLevel.QUARTER_DAY, new MemberPriors(1.1, 0.9)),
            Map.entry(DecayingLevel.DAY, new MemberPriors(1.2, 0.95)),
            Map.entry("csr", new MemberPriors(0.9, 1.1)),
            Map.entry("csrRidge", new MemberPriors(0.92, 0.97)),
            Map.entry("csrWeek", new MemberPriors(0.92, 1.05)),
            Map.entry("csrNewest", new MemberPriors(0.9, 1.4)),
            Map.entry(SharedTrees.NAME, new MemberPriors(0.7, 0.5)));

    static MemberPriors of(String member) {
        return BY_NAME.getOrDefault(member, UNKNOWN);
    }

    double in(int bucket) {
        return bucket == 0 ? withinHour : beyond;
    }
}
