package dev.prescale.adapter.cli;

import dev.prescale.config.Moment;
import dev.prescale.control.EndpointId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What is to be replayed, and in which simulated world.
 *
 * @param spec file of the specification; empty for the one that the source has, or else defaults
 */
public record ReplayOptions(Source source, Optional<Path> spec, World world) {

    /** Where the traffic comes from. */
    public sealed interface Source {}

    /**
     * A trace.
     *
     * @param name a file, or a bundled dataset
     * @param counts whether values are counts per step, else rates
     * @param timeZone in which a trace without a specification repeats
     */
    public record Recorded(String name, boolean counts, Optional<ZoneId> timeZone) implements Source {}

    /** An endpoint's own history, as the service reads it. */
    public record History(EndpointId endpoint, Moment from, Moment to) implements Source {}

    /**
     * The simulated world: what is given here wins over the file.
     *
     * @param file with the keys of {@code simulation}
     * @param startTime median; empty for that of the file
     * @param startTimeP90 empty for the median, where one is given
     * @param days replayed after the warm-up; empty for all there are
     */
    public record World(
            Optional<Path> file,
            Optional<Duration> startTime,
            Optional<Duration> startTimeP90,
            Optional<Duration> warmUp,
            Optional<Long> days,
            Optional<Long> seed,
            Optional<Duration> cycle) {}
}
