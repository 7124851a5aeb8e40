package dev.prescale.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.TrafficCalendar.Event;
import dev.prescale.series.TrafficCalendar.Factor;
import dev.prescale.series.TrafficCalendar.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficCalendarTest {
    private static final Instant NINE = Instant.parse("2024-03-01T09:00:00Z");
    private static final Instant TEN = Instant.parse("2024-03-01T10:00:00Z");

    private static TrafficCalendar with(Event... events) {
        return new TrafficCalendar(ZoneOffset.UTC, Set.of(), List.of(events));
    }

    @Test
    void factorsCountByTheirShareAndMultiply() {
        TrafficCalendar calendar = with(new Event("a", NINE, TEN, 3), new Event("b", NINE, TEN, 2));
        assertThat(calendar.eventFactor(NINE, Duration.ofHours(1))).isEqualTo(6);
        assertThat(calendar.eventFactor(NINE, Duration.ofHours(2))).isCloseTo(2 * 1.5, within(1e-12));
        assertThat(calendar.eventFactor(TEN, Duration.ofHours(1))).isEqualTo(1);
    }

    @Test
    void anEventWithAPatternHasNoFactor() {
        Event sale = new Event("sale", NINE, TEN, new Pattern(LocalDate.parse("2023-11-24")));
        assertThat(with(sale).eventFactor(NINE, Duration.ofHours(1))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1000.1, Double.NaN})
    void aFactorIsAboveZeroAndAtMostAThousand(double factor) {
        assertThatThrownBy(() -> new Factor(factor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("factor must be in (0, 1000.0], was " + factor);
    }

    @Test
    void anEventBeginsBeforeItEnds() {
        assertThatThrownBy(() -> new Event("x", TEN, NINE, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
