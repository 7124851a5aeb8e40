package dev.prescale.config;

import static dev.prescale.config.SpecFixture.faults;
import static dev.prescale.config.SpecFixture.leastAnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.series.TrafficCalendar;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarReaderTest {
    private static TrafficCalendar calendar(String predictive) {
        return SpecFixture.valid(leastAnd("timeZone: Europe/Berlin\npredictive: {%s}".formatted(predictive)))
                .calendar();
    }

    @Test
    void anEventHasAFactorOrAPastDayAsPattern() {
        TrafficCalendar calendar = calendar("""
                events: [{name: launch, from: 2026-12-01T09:00, to: 2026-12-01T12:00, factor: 3},
                         {name: sale, from: 2026-11-27T00:00, to: 2026-11-28T00:00, pattern: 2025-11-28}]""");
        assertThat(calendar.events())
                .containsExactly(
                        new TrafficCalendar.Event(
                                "launch",
                                Instant.parse("2026-12-01T08:00:00Z"),
                                Instant.parse("2026-12-01T11:00:00Z"),
                                new TrafficCalendar.Factor(3)),
                        new TrafficCalendar.Event(
                                "sale",
                                Instant.parse("2026-11-26T23:00:00Z"),
                                Instant.parse("2026-11-27T23:00:00Z"),
                                new TrafficCalendar.Pattern(LocalDate.of(2025, 11, 28))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {name: x, from: 2024-01-02T00:00, to: 2024-01-03T00:00}                                   | must have exactly one of factor, which is above 0 and at most 1000, and pattern, a past date
                    {name: x, from: 2024-01-02T00:00, to: 2024-01-03T00:00, factor: 2, pattern: 2024-01-01}   | must have exactly one of factor, which is above 0 and at most 1000, and pattern, a past date
                    {name: x, from: 2024-01-02T00:00, to: 2024-01-03T00:00, pattern: 2024-01-02}              | .pattern must be a date before the event, which begins on 2024-01-02, was 2024-01-02
                    {name: x, from: 2024-01-01T23:30:00Z, to: 2024-01-03T00:00, pattern: 2024-01-03}          | .pattern must be a date before the event, which begins on 2024-01-02, was 2024-01-03
                    {name: x, from: 2024-01-02T00:00, to: 2024-01-03T00:00, pattern: 2023-02-29}              | .pattern must be a date in ISO-8601 such as 2024-12-24, was 2023-02-29
                    {name: x, from: 2024-01-02T00:00, to: 2024-01-03T00:00, pattern: 20231229}                | .pattern must be a date in ISO-8601 such as 2024-12-24, was 20231229
                    {name: x, from: 2024-01-02T00:00, to: 2024-01-03T00:00, factor: 0}                        | .factor must be a number above 0, at most 1000, was 0
                    {name: x, from: 2024-01-02T00:00, to: 2024-01-03T00:00, patern: 2023-12-29}               | .patern is not a known key; did you mean pattern?, was 2023-12-29
                    {name: x, from: 2024-01-02T00:00, to: 2024-01-02T00:00, pattern: 2023-12-29}              | .to must be after from, which is 2024-01-02T00:00, was 2024-01-02T00:00
                    {name: x, to: 2024-01-02T00:00, pattern: 2023-12-29}                                      | .from is required
                    """)
    void namesWhatIsWrongWithAnEvent(String event, String fault) {
        String path = "spec.predictive.events[0]";
        assertThat(faults(leastAnd("timeZone: Europe/Berlin\npredictive: {events: [%s]}".formatted(event))))
                .contains(fault.startsWith(".") ? path + fault : path + " " + fault);
    }

    @Test
    void aSubdivisionHasTheHolidaysOfItsCountryAndItsOwn() {
        LocalDate melbourneCup = LocalDate.of(2024, 11, 5);
        LocalDate christmas = LocalDate.of(2024, 12, 25);
        TrafficCalendar victoria = calendar("holidays: AU-VIC");
        assertThat(victoria.isHoliday(melbourneCup)).isTrue();
        assertThat(victoria.isHoliday(christmas)).isTrue();
        TrafficCalendar australia = calendar("holidays: AU");
        assertThat(australia.isHoliday(melbourneCup)).isFalse();
        assertThat(australia.isHoliday(christmas)).isTrue();
        LocalDate epiphany = LocalDate.of(2024, 1, 6);
        assertThat(calendar("holidays: DE-BY").isHoliday(epiphany)).isTrue();
        assertThat(calendar("holidays: DE").isHoliday(epiphany)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    AU-XX  | must be AU or one of its subdivisions AU-ACT, AU-NSW, AU-NT, AU-QLD, AU-SA, AU-TAS, AU-VIC, AU-WA, was AU-XX
                    AU-vic | must be AU or one of its subdivisions AU-ACT, AU-NSW, AU-NT, AU-QLD, AU-SA, AU-TAS, AU-VIC, AU-WA, was AU-vic
                    JP-13  | must be JP, which has no subdivisions here, or a list of dates, was JP-13
                    """)
    void namesTheSubdivisionsThereAre(String region, String fault) {
        assertThat(faults(leastAnd("predictive: {holidays: %s}".formatted(region))))
                .containsExactly("spec.predictive.holidays " + fault);
    }

    @Test
    void anUnknownCountryNamesTheCountries() {
        assertThat(faults(leastAnd("predictive: {holidays: XX-YY}")))
                .singleElement()
                .asString()
                .startsWith("spec.predictive.holidays must be one of the country codes AD, AE, ")
                .endsWith(", or a list of dates, was XX-YY");
    }
}
