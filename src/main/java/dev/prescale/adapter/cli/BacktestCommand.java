package dev.prescale.adapter.cli;

import dev.prescale.backtest.CapacityMix.Prices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code prescale backtest}: what each of some policies would have cost on a trace. */
@Command(
        name = "backtest",
        header = "Say what each of some policies would have cost on a trace, and what would have gone wrong.",
        description =
                "Replays a trace through the production control cycle and through other policies, onto simulated replicas that take minutes "
                        + "to start, and prints a score sheet: replica-hours, violation minutes, unserved share, waits, cost, and replica-hours at the "
                        + "same violation minutes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  prescale backtest traffic.csv --spec chat.yaml --policies all --report r.html",
            "  prescale backtest shop-web --days 2 --policies hpa,prescale --json",
            "  prescale backtest --endpoint inference/chat --from -28d",
            "  zcat traffic.csv.gz | prescale backtest - --start-time 90s"
        },
        mixinStandardHelpOptions = true)
public final class BacktestCommand implements Callable<Integer> {
    private static final String DEFAULT_POLICIES = "oracle,fixed,hpa,prescale";

    private final Runner runner;

    @Spec
    @Nullable
    CommandSpec command;

    @Mixin
    ReplayArguments replay = new ReplayArguments();

    @Option(
            names = "--policies",
            paramLabel = "NAMES",
            completionCandidates = Words.Policies.class,
            description =
                    "Names with commas between them, or all, of docs/policies.md (default: " + DEFAULT_POLICIES + ")")
    String policies = DEFAULT_POLICIES;

    @Option(
            names = "--decisions",
            paramLabel = "F.csv",
            description = "Write timestamp,policy,demand,desired,ready per minute and policy, one policy after another")
    @Nullable
    Path decisions;

    @Option(
            names = "--report",
            paramLabel = "R.html",
            description = "Write one HTML file with everything: charts, score sheet, frontier, trail of any moment")
    @Nullable
    Path report;

    @Option(names = "--chart", paramLabel = "F.svg", description = "Draw the last replayed day")
    @Nullable
    Path chart;

    @Option(
            names = "--prices",
            paramLabel = "NAME=N,...",
            description =
                    "Say how prescale's replicas (or else those of the first policy) are bought cheapest, for example "
                            + "onDemand=1,reserved=0.6,spot=0.3,interruptionRate=0.05 (of a replica-hour; interruptions an hour)")
    @Nullable
    String prices;

    @Option(names = "--json", description = "Print the result as JSON, as GET /api/v1/backtests/{id} answers it")
    boolean json;

    /** @param runner does the work */
    public BacktestCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() {
        ArgumentReader reader = new ArgumentReader();
        ReplayOptions replayed = replay.read(reader);
        List<String> names = List.of(policies.strip().split("\\s*,\\s*", -1));
        if (names.contains("")) {
            reader.fault("--policies must be names with commas between them, such as %s, or all, was '%s'"
                    .formatted(DEFAULT_POLICIES, policies));
        }
        requireDifferent(reader);
        Optional<Prices> priced = reader.prices("--prices", prices);
        reader.requireSound();
        return runner.run(new Options(
                replayed,
                names.stream().distinct().toList(),
                Optional.ofNullable(decisions),
                Optional.ofNullable(report),
                Optional.ofNullable(chart),
                priced,
                json,
                typed()));
    }

    private void requireDifferent(ArgumentReader reader) {
        List<Path> files = new ArrayList<>();
        for (Path file : new Path[] {decisions, report, chart}) {
            if (file != null && files.contains(file.toAbsolutePath().normalize())) {
                reader.fault(
                        "--decisions, --report and --chart must be different files, was '%s' twice".formatted(file));
            } else if (file != null) {
                files.add(file.toAbsolutePath().normalize());
            }
        }
    }

    private List<String> typed() {
        return command == null
                ? List.of()
                : command.root().commandLine().getParseResult().originalArgs();
    }

    /** Runs a backtest and gives the exit code. */
    public interface Runner {
        int run(Options options);
    }

    /**
     * @param policies names, {@code all} among them for every one there is
     * @param typed what the user typed after {@code prescale}
     */
    public record Options(
            ReplayOptions replay,
            List<String> policies,
            Optional<Path> decisions,
            Optional<Path> report,
            Optional<Path> chart,
            Optional<Prices> prices,
            boolean json,
            List<String> typed) {}
}
