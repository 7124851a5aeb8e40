package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ReplayOptions;
import dev.prescale.adapter.cli.TextFile;
import dev.prescale.backtest.ReplayPeriod;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.TraceSpecs;
import dev.prescale.config.Durations;
import dev.prescale.config.ReadResult;
import dev.prescale.config.SimulationReader;
import dev.prescale.config.SimulationRequest;
import dev.prescale.config.Violation;
import dev.prescale.control.EndpointSpec;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a command replays, from its options and its source. */
final class ReplaySetups {
    private ReplaySetups() {}

    /** @throws CommandFault that says what does not fit and what would */
    static ReplaySetup of(ReplayOptions options, ReplaySource source) {
        SimulationRequest world = world(options.world());
        ReplayPeriod period = period(source.trace(), world, options.world().days());
        requireShorter(world.startTime(), period);
        try {
            EndpointSpec spec =
                    source.spec().orElseGet(() -> TraceSpecs.of(source.trace(), period.from(), zone(options.source())));
            return world.of(source.trace(), spec, period);
        } catch (IllegalArgumentException refused) {
            throw CommandFault.badInput(String.valueOf(refused.getMessage()));
        }
    }

    private static ZoneId zone(ReplayOptions.Source source) {
        return source instanceof ReplayOptions.Recorded recorded
                ? recorded.timeZone().orElse(ZoneOffset.UTC)
                : ZoneOffset.UTC;
    }

    /** The file, or all defaults, with what the options say instead. */
    private static SimulationRequest world(ReplayOptions.World options) {
        SimulationRequest base = options.file().map(ReplaySetups::read).orElseGet(SimulationReader::defaults);
        return new SimulationRequest(
                options.seed().orElse(base.seed()),
                options.startTime()
                        .map(median -> startTime(median, options.startTimeP90().orElse(median)))
                        .orElse(base.startTime()),
                options.warmUp().orElse(base.warmUp()),
                options.cycle().orElse(base.cycle()),
                base.simulation());
    }

    private static StartTime startTime(Duration median, Duration p90) {
        if (p90.compareTo(median) < 0) {
            throw CommandFault.badInput("--start-time-p90 must be at least --start-time, which is %s, was %s"
                    .formatted(Durations.format(median), Durations.format(p90)));
        }
        if (median.isZero() && !p90.isZero()) {
            throw CommandFault.badInput("--start-time must be above 0s unless --start-time-p90 is 0s too, which is %s"
                    .formatted(Durations.format(p90)));
        }
        return new StartTime(median, p90);
    }

    private static SimulationRequest read(Path file) {
        String text = TextFile.read(file, InputStream.nullInputStream());
        return switch (SimulationReader.readText(text)) {
            case ReadResult.Valid<SimulationRequest> valid -> valid.value();
            case ReadResult.Invalid<SimulationRequest> invalid ->
                throw CommandFault.badInput("%s cannot be used:%n  %s"
                        .formatted(
                                file,
                                invalid.violations().stream()
                                        .map(Violation::toString)
                                        .collect(Collectors.joining(System.lineSeparator() + "  "))));
        };
    }

    /** What is left after the warm-up, in whole cycles and whole minutes. */
    private static ReplayPeriod period(Trace trace, SimulationRequest world, Optional<Long> days) {
        Instant start = trace.minutes().start();
        Instant end = trace.minutes().end();
        Duration length = Duration.between(start, end);
        Duration left = length.minus(world.warmUp());
        Optional<ReplayPeriod> after =
                ReplayPeriod.after(trace, world.warmUp(), world.cycle(), days.map(Duration::ofDays));
        if (after.isEmpty()) {
            Duration fits = ReplayPeriod.fittingWarmUp(trace);
            throw CommandFault.badInput(
                    "trace %s has %s, from %s to %s, nothing to replay after a warm-up of %s: use a shorter --warm-up%s"
                            .formatted(
                                    trace.name(),
                                    words(length),
                                    start,
                                    end,
                                    words(world.warmUp()),
                                    fits.isZero() ? "" : ", such as " + Durations.format(fits)));
        }
        if (days.isPresent() && left.compareTo(Duration.ofDays(days.get())) < 0) {
            throw CommandFault.badInput("trace %s has %s after a warm-up of %s, fewer than the %d days of --days"
                    .formatted(trace.name(), words(left), words(world.warmUp()), days.get()));
        }
        ReplayPeriod period = after.get();
        if (!period.hasSamples(trace)) {
            throw CommandFault.badInput("trace %s has no sample from %s to %s, which is what would be replayed"
                    .formatted(trace.name(), period.from(), period.to()));
        }
        return period;
    }

    private static void requireShorter(StartTime startTime, ReplayPeriod period) {
        if (startTime.p90().compareTo(period.length()) > 0) {
            throw CommandFault.badInput(
                    "a start time of %s is longer than what is replayed, %s: no replica would ever be ready"
                            .formatted(Durations.format(startTime.p90()), words(period.length())));
        }
    }

    /** In the largest units, such as {@code 13 d 4 h}. */
    static String words(Duration duration) {
        StringBuilder words = new StringBuilder();
        part(words, duration.toDays(), "d");
        part(words, duration.toHoursPart(), "h");
        part(words, duration.toMinutesPart(), "min");
        part(words, duration.toSecondsPart(), "s");
        return words.isEmpty() ? "0 s" : words.toString();
    }

    private static void part(StringBuilder words, long amount, String unit) {
        if (amount != 0) {
            words.append(words.isEmpty() ? "" : " ").append(amount).append(' ').append(unit);
        }
    }
}
