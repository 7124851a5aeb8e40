package dev.prescale.adapter.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prescale demo}: the main job on recorded traffic, at high speed. */
@Command(
        name = "demo",
        header = "Replay the bundled traces at high speed, with the page.",
        description =
                "Replays traces through the production control cycle onto simulated endpoints whose replicas take minutes to start, and scores "
                        + "it beside target tracking alone and an oracle. The page shows it on http://localhost:8080 (PRESCALE_HTTP_PORT).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  prescale demo",
            "  prescale demo --trace traffic.csv --time-zone Europe/Berlin --day-seconds 5",
            "  prescale demo --days 2 --exit --json"
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final int MOST_DAYS = 1_000;

    private final Runner runner;

    @Option(
            names = "--trace",
            paramLabel = "F.csv",
            description = "CSV with the header timestamp,value (default: the bundled traces)")
    @Nullable
    Path trace;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            completionCandidates = Words.Units.class,
            description = "What a value is: count (default) or rate",
            defaultValue = "count")
    String unit = "count";

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Time zone in which the trace repeats",
            defaultValue = "UTC")
    String timeZone = "UTC";

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Simulated days after the warm-up (default: all the trace has)")
    @Nullable
    Integer days;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description = "History before the first day (default: 14d, less where the trace has no more to spare)")
    @Nullable
    String warmUp;

    @Option(
            names = "--start-time",
            paramLabel = "TIME",
            description = "How long a replica takes to start (default: ${DEFAULT-VALUE})",
            defaultValue = "3m")
    String startTime = "3m";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the simulation (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    long seed = 1;

    @Option(
            names = "--day-seconds",
            paramLabel = "N",
            description = "Real seconds per simulated day (default: ${DEFAULT-VALUE})",
            defaultValue = "20")
    double daySeconds = 20;

    @Option(names = "--exit", description = "No page and full speed: print the scorecards and end")
    boolean exit;

    @Option(names = "--json", description = "Print the scorecards as JSON and end; implies --exit")
    boolean json;

    @Option(
            names = "--decisions",
            paramLabel = "F.csv",
            description =
                    "Write timestamp,policy,demand,desired,ready per minute to this CSV; needs --trace and --exit")
    @Nullable
    Path decisions;

    @Option(
            names = "--chart",
            paramLabel = "F.svg",
            description = "Draw the last simulated day of the first trace to this SVG file; needs --exit")
    @Nullable
    Path chart;

    /** @param runner does the work */
    public DemoCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() {
        ArgumentReader reader = new ArgumentReader();
        reader.word("--unit", unit, Words.Units.ALL);
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            reader.fault("--days must be 1 to %d, was %d".formatted(MOST_DAYS, days));
        }
        if (!(daySeconds >= 0.1 && daySeconds <= 86_400)) {
            reader.fault("--day-seconds must be 0.1 to 86400, was %s".formatted(daySeconds));
        }
        Optional<Duration> start =
                reader.duration("--start-time", startTime, Duration.ofSeconds(1), Duration.ofMinutes(30));
        Optional<Duration> history = reader.duration("--warm-up", warmUp, Duration.ofDays(1), Duration.ofDays(28));
        Optional<ZoneId> zone = reader.timeZone("--time-zone", timeZone);
        if (decisions != null && (trace == null || !(exit || json))) {
            reader.fault("--decisions needs --trace and --exit or --json");
        }
        if (chart != null && !(exit || json)) {
            reader.fault("--chart needs --exit or --json");
        }
        reader.requireSound();
        return runner.run(new Options(
                Optional.ofNullable(trace),
                unit.equals("count"),
                zone.orElseThrow(),
                Optional.ofNullable(days),
                history,
                start.orElseThrow(),
                seed,
                daySeconds,
                exit || json,
                json,
                Optional.ofNullable(decisions),
                Optional.ofNullable(chart)));
    }

    /** Runs a demo and gives the exit code. */
    public interface Runner {
        int run(Options options);
    }

    /**
     * @param counts whether values are counts per step, else rates
     * @param daySeconds real seconds per simulated day
     * @param headless no page, full speed, ends by itself
     */
    public record Options(
            Optional<Path> trace,
            boolean counts,
            ZoneId timeZone,
            Optional<Integer> days,
            Optional<Duration> warmUp,
            Duration startTime,
            long seed,
            double daySeconds,
            boolean headless,
            boolean json,
            Optional<Path> decisions,
            Optional<Path> chart) {}
}
