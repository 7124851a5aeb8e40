package dev.prescale.config;

import dev.prescale.backtest.Trace;
import dev.prescale.control.EndpointSpec;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Port: traces that come with the program. */
public interface BundledTraces {
    /** Sorted; empty where none came with it. */
    List<String> names();

    /** @param name one of {@link #names} */
    Bundled read(String name);

    /** What each of them is, by name. */
    List<Facts> facts();

    /**
     * @param spec the one that the trace comes with
     * @param specText its text
     */
    record Bundled(Trace trace, Optional<EndpointSpec> spec, Optional<String> specText) {}

    /**
     * What somebody who chooses wants to know.
     *
     * @param description what it is, in words; empty where nothing says so
     * @param minutes from its first to its last sample, gaps included
     * @param timeZone of the traffic, as its specification has it
     */
    record Facts(String name, String description, Instant start, int minutes, ZoneId timeZone) {}
}
