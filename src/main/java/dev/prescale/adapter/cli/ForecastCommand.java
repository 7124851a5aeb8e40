package dev.prescale.adapter.cli;

import dev.prescale.config.RateUnit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prescale forecast}: what comes after a trace. */
@Command(
        name = "forecast",
        header = "Forecast a trace: quantiles of the rate per step, the next peak, and whether to trust it.",
        description =
                "Reads a CSV with the header timestamp,value (a row per step, missing steps are absent rows) and forecasts what follows "
                        + "its last row with the models of the service. With --json it prints what POST /api/v1/forecast answers for the same "
                        + "series. At most 100,000 steps are read and 2,000 forecast.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  prescale forecast traffic.csv",
            "  prescale forecast traffic.csv.gz --horizon 48h --quantiles .5,.95",
            "  prescale forecast shop-web --time-zone Europe/Berlin --holidays DE",
            "  prescale forecast shop-web --chart forecast.svg --out forecast.csv",
            "  curl -s https://shop.example/rate.csv | prescale forecast - --unit rate --json"
        },
        mixinStandardHelpOptions = true)
public final class ForecastCommand implements Callable<Integer> {
    private static final String DEFAULT_HORIZON = "24h";
    private static final String DEFAULT_QUANTILES = ".5,.9,.95";
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(2_000);

    private final Runner runner;

    @Parameters(
            paramLabel = "FILE.csv|DATASET",
            description = "A CSV, zipped or not, the name of a bundled dataset, or - for the standard input")
    Path file = Path.of("-");

    @ArgGroup(validate = false, exclusive = false, heading = "%nWhat is forecast:%n", order = 1)
    Question question = new Question();

    @ArgGroup(validate = false, exclusive = false, heading = "%nOutput:%n", order = 2)
    Output output = new Output();

    static final class Question {
        @Option(
                names = "--horizon",
                paramLabel = "TIME",
                description = "How far ahead, such as 24h or PT48H (default: " + DEFAULT_HORIZON + ")")
        String horizon = DEFAULT_HORIZON;

        @Option(
                names = "--quantiles",
                paramLabel = "Q,...",
                description = "Levels between 0 and 1, at most 15 (default: " + DEFAULT_QUANTILES + ")")
        String quantiles = DEFAULT_QUANTILES;

        @Option(
                names = "--peak",
                paramLabel = "FROM..TO",
                description =
                        "Also the quantiles of the largest rate within that time after the end, such as 2m..17m; may be repeated")
        List<String> peaks = List.of();

        @Option(
                names = "--step",
                paramLabel = "TIME",
                description = "A coarser step, a multiple of that of the rows (default: that of the rows)")
        @Nullable
        String step;

        @Option(
                names = "--unit",
                paramLabel = "UNIT",
                description = "What a value is: ${COMPLETION-CANDIDATES} (default: count)",
                completionCandidates = Words.Units.class)
        String unit = "count";

        @Option(
                names = "--time-zone",
                paramLabel = "ZONE",
                description = "In which the traffic repeats, and in which times are shown (default: UTC)")
        @Nullable
        String timeZone;

        @Option(
                names = "--holidays",
                paramLabel = "DE|DATE,...",
                description = "Days that are not like their weekday: a country, a part of one (DE-BY), or dates")
        @Nullable
        String holidays;
    }

    static final class Output {
        @Option(
                names = "--out",
                paramLabel = "F.csv|F.json",
                description =
                        "Write the forecast to a file: timestamp and a column per quantile, or the answer as JSON")
        @Nullable
        Path out;

        @Option(names = "--chart", paramLabel = "F.svg", description = "Draw the past and the forecast")
        @Nullable
        Path chart;

        @Option(names = "--json", description = "Print the answer as POST /api/v1/forecast gives it")
        boolean json;
    }

    /** @param runner does the work */
    public ForecastCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() {
        ArgumentReader reader = new ArgumentReader();
        boolean isRate = reader.word("--unit", question.unit, Words.Units.ALL).equals("rate");
        Optional<Duration> horizon = reader.duration("--horizon", question.horizon, SHORTEST, LONGEST);
        Optional<Duration> step = reader.duration("--step", question.step, SHORTEST, Duration.ofHours(1));
        Optional<ZoneId> zone = reader.timeZone("--time-zone", question.timeZone);
        List<Double> levels = levels(reader);
        List<Window> windows = windows(reader);
        Path written = output.out;
        if (written != null && !written.toString().matches("(?i).+\\.(csv|json)")) {
            reader.fault("--out must be a file NAME.csv or NAME.json, was '%s'".formatted(written));
        }
        if (written != null && written.equals(output.chart)) {
            reader.fault("--out and --chart must be different files, was '%s' twice".formatted(written));
        }
        reader.requireSound();
        return runner.run(new Options(
                file,
                isRate ? RateUnit.RATE : RateUnit.COUNT,
                horizon.orElseThrow(),
                levels,
                windows,
                step,
                zone,
                Optional.ofNullable(question.holidays),
                Optional.ofNullable(written),
                Optional.ofNullable(output.chart),
                output.json));
    }

    private List<Double> levels(ArgumentReader reader) {
        List<Double> levels = new ArrayList<>();
        for (String word : question.quantiles.strip().split("\\s*,\\s*", -1)) {
            if (word.matches("\\d{0,9}\\.?\\d{1,17}")) {
                levels.add(Double.parseDouble(word));
            } else {
                reader.fault(
                        "--quantiles must be numbers between 0 and 1 with commas between them, such as %s, was '%s'"
                                .formatted(DEFAULT_QUANTILES, question.quantiles));
                return levels;
            }
        }
        return levels;
    }

    private List<Window> windows(ArgumentReader reader) {
        List<Window> windows = new ArrayList<>();
        for (String text : question.peaks) {
            String[] ends = text.split("\\.\\.", -1);
            if (ends.length == 2) {
                Optional<Duration> from = reader.duration("--peak", ends[0], Duration.ZERO, LONGEST);
                Optional<Duration> to = reader.duration("--peak", ends[1], Duration.ZERO, LONGEST);
                from.ifPresent(begin -> to.ifPresent(end -> windows.add(new Window(begin, end))));
            } else {
                reader.fault("--peak must be two durations such as 2m..17m, was '%s'".formatted(text));
            }
        }
        return windows;
    }

    /** Forecasts and gives the exit code. */
    public interface Runner {
        int run(Options options);
    }

    /** A window {@code [end of the trace + from, end of the trace + to)}. */
    public record Window(Duration from, Duration to) {}

    /**
     * @param file {@code -} for the standard input
     * @param levels as typed; the bounds of the API hold for them
     * @param step coarser than that of the rows; empty for that
     * @param holidays a country, a part of one, or dates with commas between them
     * @param out {@code .csv} or {@code .json}
     */
    public record Options(
            Path file,
            RateUnit unit,
            Duration horizon,
            List<Double> levels,
            List<Window> windows,
            Optional<Duration> step,
            Optional<ZoneId> timeZone,
            Optional<String> holidays,
            Optional<Path> out,
            Optional<Path> chart,
            boolean json) {}
}
