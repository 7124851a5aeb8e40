package dev.prescale.pictures;

import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** A bundled trace as its card describes it. */
record BundledTrace(String name, RateSeries minutes, TrafficCalendar calendar) {
    static final Step TEN_MINUTES = new Step(600);

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<LocalDate> EASTER = Set.of(LocalDate.parse("2024-03-29"), LocalDate.parse("2024-04-01"));

    static BundledTrace shopWeb() {
        return read("shop-web", new TrafficCalendar(BERLIN, EASTER, List.of()));
    }

    static List<BundledTrace> withTraffic() {
        return List.of(
                shopWeb(),
                read("llm-chat", TrafficCalendar.UTC),
                read("two-models", TrafficCalendar.UTC),
                read("incidents", TrafficCalendar.UTC));
    }

    private static BundledTrace read(String name, TrafficCalendar calendar) {
        CsvTrace.Reading reading = CsvTrace.read(Path.of("datasets", name + ".csv.gz"), CsvTrace.Format.COUNTS);
        if (reading instanceof CsvTrace.Trace trace) {
            return new BundledTrace(name, trace.series(), calendar);
        }
        throw new IllegalStateException("%s: %s".formatted(name, reading));
    }

    RateSeries tenMinutes() {
        return minutes.regrid(TEN_MINUTES);
    }
}
