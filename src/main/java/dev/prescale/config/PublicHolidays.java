package dev.prescale.config;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nationwide public holidays by country, from Jollyday. Thread-safe. */
final class PublicHolidays {
    // Wide enough for any trace and any forecast, so that no clock is needed to choose the years.
    private static final int FIRST_YEAR = 1990;
    private static final int LAST_YEAR = 2100;

    /** Jollyday has stock exchanges too; a country code has two letters. */
    private static final Set<String> COUNTRIES = HolidayManager.getSupportedCalendarCodes().stream()
            .filter(code -> code.length() == 2)
            .collect(Collectors.toCollection(TreeSet::new));

    // One set per country, however many endpoints there are.
    private static final Map<String, Set<LocalDate>> BY_COUNTRY = new ConcurrentHashMap<>();

    private PublicHolidays() {}

    /** The dates, empty where the country is not known. */
    static Optional<Set<LocalDate>> of(String country) {
        return COUNTRIES.contains(country)
                ? Optional.of(BY_COUNTRY.computeIfAbsent(country, PublicHolidays::datesOf))
                : Optional.empty();
    }

    static Set<String> countries() {
        return Set.copyOf(COUNTRIES);
    }

    private static Set<LocalDate> datesOf(String country) {
        HolidayManager calendar = HolidayManager.getInstance(ManagerParameters.create(country));
        return IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR)
                .boxed()
                .flatMap(year -> calendar.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY).stream())
                .map(Holiday::getDate)
                .collect(Collectors.toUnmodifiableSet());
    }
}
