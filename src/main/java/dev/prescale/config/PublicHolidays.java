package dev.prescale.config;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Public holidays by country ({@code DE}) or by country and subdivision ({@code DE-BY}, after ISO 3166-2), from Jollyday. A
 * subdivision has the nationwide holidays and its own. Thread-safe.
 */
final class PublicHolidays {
    // Wide enough for any trace and any forecast, so that no clock is needed to choose the years.
    private static final int FIRST_YEAR = 1990;
    private static final int LAST_YEAR = 2100;

    /** Jollyday has stock exchanges too; a country code has two letters. */
    private static final Set<String> COUNTRIES = HolidayManager.getSupportedCalendarCodes().stream()
            .filter(code -> code.length() == 2)
            .collect(Collectors.toCollection(TreeSet::new));

    // One set per region, however many endpoints there are.
    private static final Map<String, Set<LocalDate>> BY_REGION = new ConcurrentHashMap<>();

    private PublicHolidays() {}

    /** The dates, empty where the region is not known. */
    static Optional<Set<LocalDate>> of(String region) {
        boolean isKnown = COUNTRIES.contains(region)
                || (region.indexOf('-') == 2
                        && subdivisions(region.substring(0, 2)).contains(region));
        return isKnown ? Optional.of(BY_REGION.computeIfAbsent(region, PublicHolidays::datesOf)) : Optional.empty();
    }

    /** Countries in alphabetical order. */
    static Set<String> countries() {
        return Collections.unmodifiableSet(COUNTRIES);
    }

    /** Regions of a country, {@code AU-ACT} to {@code AU-WA}, in alphabetical order; none where it is not known. */
    static Set<String> subdivisions(String country) {
        if (!COUNTRIES.contains(country)) {
            return Set.of();
        }
        return calendar(country).getCalendarHierarchy().getChildren().keySet().stream()
                .map(child -> country + "-" + child.toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static HolidayManager calendar(String country) {
        return HolidayManager.getInstance(ManagerParameters.create(country));
    }

    private static Set<LocalDate> datesOf(String region) {
        HolidayManager calendar = calendar(region.substring(0, 2));
        String[] subdivision = region.length() == 2
                ? new String[0]
                : new String[] {region.substring(3).toLowerCase(Locale.ROOT)};
        return IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR)
                .boxed()
                .flatMap(year -> calendar.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, subdivision).stream())
                .map(Holiday::getDate)
                .collect(Collectors.toUnmodifiableSet());
    }
}
