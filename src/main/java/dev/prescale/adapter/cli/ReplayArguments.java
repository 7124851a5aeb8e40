package dev.prescale.adapter.cli;

import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.StartTime;
import dev.prescale.config.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Arguments of every command that replays one trace. */
final class ReplayArguments {
    private static final Duration DEFAULT_HISTORY = Duration.ofDays(28);
    private static final Duration LONGEST_WARM_UP = Duration.ofDays(366);
    private static final long MOST_DAYS = 1_000;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.csv|DATASET",
            description =
                    "A CSV, zipped or not, with the header timestamp,value, the name of a bundled dataset, or - for the standard input")
    @Nullable
    Path trace;

    @ArgGroup(validate = false, exclusive = false, heading = "%nTraffic and specification:%n", order = 10)
    Traffic traffic = new Traffic();

    @ArgGroup(validate = false, exclusive = false, heading = "%nThe simulated world:%n", order = 20)
    Simulated simulated = new Simulated();

    static final class Traffic {
        @Option(
                names = "--endpoint",
                paramLabel = "NAMESPACE/NAME",
                description = "Instead of a trace, the endpoint's own history, from where the service reads it")
        @Nullable
        String endpoint;

        @Option(
                names = "--from",
                paramLabel = "TIME",
                description = "Begin of that history, an instant or a time before now (default: -28d)")
        @Nullable
        String from;

        @Option(names = "--to", paramLabel = "TIME", description = "End of that history (default: now)")
        @Nullable
        String to;

        @Option(
                names = "--spec",
                paramLabel = "S.yaml",
                description =
                        "The specification (default: that of the dataset or endpoint; else one replica bears a twentieth of the busiest hundredth of the warm-up)")
        @Nullable
        Path spec;

        @Option(
                names = "--unit",
                paramLabel = "UNIT",
                completionCandidates = Words.Units.class,
                description = "What a value of a CSV is: count (default) or rate")
        @Nullable
        String unit;

        @Option(
                names = "--time-zone",
                paramLabel = "ZONE",
                description = "In which a trace without a specification repeats (default: UTC)")
        @Nullable
        String timeZone;
    }

    static final class Simulated {
        @Option(
                names = "--start-time",
                paramLabel = "TIME",
                description = "How long half of the replicas take to start at most (default: 3m)")
        @Nullable
        String startTime;

        @Option(
                names = "--start-time-p90",
                paramLabel = "TIME",
                description = "How long nine of ten take at most, log-normal (default: all take --start-time)")
        @Nullable
        String startTimeP90;

        @Option(
                names = "--warm-up",
                paramLabel = "TIME",
                description = "Begin of the trace that is history only (default: 14d)")
        @Nullable
        String warmUp;

        @Option(names = "--days", paramLabel = "N", description = "Days after the warm-up (default: all the trace has)")
        @Nullable
        String days;

        @Option(names = "--seed", paramLabel = "N", description = "Seed of the simulation (default: 1)")
        @Nullable
        String seed;

        @Option(
                names = "--cycle",
                paramLabel = "TIME",
                description = "From one control cycle to the next (default: 15s)")
        @Nullable
        String cycle;

        @Option(
                names = "--simulation",
                paramLabel = "SIM.yaml",
                description = "The simulated world in full: nodes, faults, restarts, queueing; options win over it")
        @Nullable
        Path simulation;
    }

    ReplayOptions read(ArgumentReader reader) {
        return new ReplayOptions(source(reader), Optional.ofNullable(traffic.spec), world(reader));
    }

    private ReplayOptions.Source source(ArgumentReader reader) {
        boolean isRate = traffic.unit != null
                && reader.word("--unit", traffic.unit, Words.Units.ALL).equals("rate");
        var zone = reader.timeZone("--time-zone", traffic.timeZone);
        if (traffic.endpoint == null) {
            if (trace == null) {
                reader.fault("give a CSV file, the name of a bundled dataset, or --endpoint namespace/name");
            }
            if (traffic.from != null || traffic.to != null) {
                reader.fault("--from and --to are of the history of an --endpoint; --warm-up and --days bound a trace");
            }
            return new ReplayOptions.Recorded(trace == null ? "" : trace.toString(), !isRate, zone);
        }
        if (trace != null || traffic.unit != null || zone.isPresent()) {
            reader.fault(
                    "--endpoint reads its own history by its own specification: give it without a trace, --unit and --time-zone");
        }
        Moment begin = reader.moment("--from", traffic.from).orElse(now -> now.minus(DEFAULT_HISTORY));
        Moment end = reader.moment("--to", traffic.to).orElse(now -> now);
        return new ReplayOptions.History(reader.endpoint("--endpoint", traffic.endpoint), begin, end);
    }

    private ReplayOptions.World world(ArgumentReader reader) {
        var median = reader.duration("--start-time", simulated.startTime, Duration.ZERO, StartTime.LONGEST);
        var p90 = reader.duration("--start-time-p90", simulated.startTimeP90, Duration.ZERO, StartTime.LONGEST);
        if (simulated.startTimeP90 != null && simulated.startTime == null) {
            reader.fault("--start-time-p90 needs --start-time");
        }
        var history = reader.duration("--warm-up", simulated.warmUp, Duration.ZERO, LONGEST_WARM_UP);
        if (history.isPresent()
                && history.get().toMillis() % Duration.ofMinutes(1).toMillis() != 0) {
            reader.fault("--warm-up must be whole minutes, was '%s'".formatted(simulated.warmUp));
        }
        return new ReplayOptions.World(
                Optional.ofNullable(simulated.simulation),
                median,
                p90,
                history,
                reader.wholeNumber("--days", simulated.days, 1, MOST_DAYS),
                reader.wholeNumber("--seed", simulated.seed, 0, Integer.MAX_VALUE),
                reader.duration("--cycle", simulated.cycle, ReplaySetup.SHORTEST_CYCLE, ReplaySetup.LONGEST_CYCLE));
    }
}
