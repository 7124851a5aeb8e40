package dev.prescale.datasets;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/** A German business web shop: office hours with a lunch dip, an evening peak, weekends, Easter, newsletters, TV spots. */
final class ShopWeb extends TraceGenerator {
    private static final double PEAK_PER_MINUTE = 3_600;
    private static final double DISPERSION = 150;
    private static final DayProfile WEEKDAY = new DayProfile(
            0, 0.22, 3.5, 0.05, 6, 0.14, 8.2, 0.62, 10.5, 0.92, 12.6, 0.70, 14.5, 0.88, 17.5, 0.74, 20.4, 1.0, 22.3,
            0.62);
    private static final DayProfile WEEKEND = new DayProfile(
            0.5, 0.24, 4.5, 0.05, 7.5, 0.12, 11, 0.60, 13.2, 0.54, 16, 0.66, 18.5, 0.64, 20.8, 0.92, 22.8, 0.55);
    private static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.of(2024, 3, 29), LocalDate.of(2024, 4, 1));
    private static final double[] LEVEL_BY_WEEKDAY = {1.06, 1.0, 0.98, 1.01, 0.90, 0.82, 0.95};

    private final LogNoise fast;
    private final LogNoise slow;
    private final double[] dayLevels;
    private final Lift campaigns;

    ShopWeb(long seed) {
        super("shop-web", ZoneId.of("Europe/Berlin"), seed);
        fast = new LogNoise(chance, 3, 0.035);
        slow = new LogNoise(chance, 90, 0.05);
        dayLevels = dayLevels(0.06);
        campaigns = campaigns();
    }

    /** A newsletter at 10:00 local on Tuesdays and Thursdays, and a TV spot on every third evening. */
    private Lift campaigns() {
        Lift lift = new Lift(GeneratedTrace.MINUTES);
        for (int m = 0; m < GeneratedTrace.MINUTES; m++) {
            ZonedDateTime local = GeneratedTrace.at(m).atZone(ZoneId.of("Europe/Berlin"));
            DayOfWeek weekday = local.getDayOfWeek();
            boolean isNewsletterDay = weekday == DayOfWeek.TUESDAY || weekday == DayOfWeek.THURSDAY;
            if (isNewsletterDay && local.getHour() == 10 && local.getMinute() == 0) {
                lift.jump(m, chance.uniform(0.45, 0.75), 12);
            }
            if (local.getHour() == 20 && local.getMinute() == 10 && chance.happens(0.33)) {
                lift.jump(m + (int) chance.uniform(0, 10), chance.uniform(0.3, 0.6), 5);
            }
        }
        return lift;
    }

    @Override
    long[] countsAt(int minute, ZonedDateTime local) {
        boolean isFree = isWeekend(local) || HOLIDAYS.contains(local.toLocalDate());
        double shape = (isFree ? WEEKEND : WEEKDAY).at(hourOf(local));
        double level = HOLIDAYS.contains(local.toLocalDate())
                ? 0.68
                : LEVEL_BY_WEEKDAY[local.getDayOfWeek().getValue() - 1];
        double onTheHour = local.getMinute() < 2 ? 1.05 : 1;
        double expected = PEAK_PER_MINUTE
                * (shape * onTheHour + campaigns.at(minute))
                * level
                * dayLevels[minute / GeneratedTrace.MINUTES_PER_DAY]
                * slow.next()
                * fast.next();
        return new long[] {chance.negativeBinomial(expected, DISPERSION)};
    }
}
