package dev.prescale.adapter.cli;

import dev.prescale.backtest.Tuning;
import dev.prescale.backtest.TuningGoal;
import dev.prescale.backtest.TuningGoal.Objective;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prescale tune}: which settings of a specification are best on a trace. */
@Command(
        name = "tune",
        header = "Search the settings of a specification that are best on a trace.",
        description =
                "Replays the trace with other quantiles, target utilizations, scale-in windows, lead-time margins and bounds. Time is cut "
                        + "into blocks, and what is reported was not tuned on. Ctrl-C prints and writes the best so far.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  prescale tune traffic.csv --spec chat.yaml --out better.yaml",
            "  prescale tune traffic.csv --spec chat.yaml --objective violations",
            "  prescale tune --endpoint inference/chat --from -28d --spec chat.yaml --json"
        },
        mixinStandardHelpOptions = true)
public final class TuneCommand implements Callable<Integer> {
    private static final int DEFAULT_FOLDS = 4;
    private static final int MOST_FOLDS = 50;
    private static final int DEFAULT_REPLAYS = 60;
    private static final int MOST_REPLAYS = 1_000;
    private static final double MOST_AMOUNT = 1e9;

    private final Runner runner;

    @Mixin
    ReplayArguments replay = new ReplayArguments();

    @Option(
            names = "--objective",
            paramLabel = "WHAT",
            completionCandidates = Words.Objectives.class,
            description =
                    "What is made least: cost (default), with violation minutes limited, or violations, with cost limited")
    String objective = "cost";

    @Option(
            names = "--violation-minutes-per-day",
            paramLabel = "N",
            description =
                    "Limit of --objective cost, a number or, such as 50%%, a share of the present (default: 100%%)")
    @Nullable
    String violationMinutes;

    @Option(
            names = "--most-cost",
            paramLabel = "N",
            description =
                    "Limit of --objective violations, in replica-hours a day or as a share of the present (default: 100%%)")
    @Nullable
    String mostCost;

    @Option(
            names = "--folds",
            paramLabel = "K",
            description = "Blocks that the time is cut into, of a day or more each (default: " + DEFAULT_FOLDS + ")")
    @Nullable
    String folds;

    @Option(
            names = "--replays",
            paramLabel = "N",
            description = "Settings that are replayed at most (default: " + DEFAULT_REPLAYS + ")")
    @Nullable
    String replays;

    @Option(
            names = "--hpa-floor",
            description = "An HPA stays in charge and Prescale only adds to it: says to which target it may be raised")
    boolean hpaFloor;

    @Option(
            names = "--out",
            paramLabel = "F.yaml",
            description = "Write the recommended specification (default: print it after the result)")
    @Nullable
    Path out;

    @Option(names = "--json", description = "Print the result as JSON, the specification in it")
    boolean json;

    /** @param runner does the work */
    public TuneCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() {
        ArgumentReader reader = new ArgumentReader();
        ReplayOptions replayed = replay.read(reader);
        if (replayed.source() instanceof ReplayOptions.History
                && replayed.spec().isEmpty()) {
            reader.fault("--endpoint needs --spec: the file that changes are recommended to");
        }
        TuningGoal goal = goal(reader);
        long blocks = reader.wholeNumber("--folds", folds, 2, MOST_FOLDS).orElse((long) DEFAULT_FOLDS);
        long most = reader.wholeNumber("--replays", replays, Tuning.FEWEST_REPLAYS, MOST_REPLAYS)
                .orElse((long) DEFAULT_REPLAYS);
        reader.requireSound();
        return runner.run(
                new Options(replayed, goal, (int) blocks, (int) most, hpaFloor, Optional.ofNullable(out), json));
    }

    private TuningGoal goal(ArgumentReader reader) {
        boolean isCost =
                reader.word("--objective", objective, Words.Objectives.ALL).equals("cost");
        if (isCost && mostCost != null) {
            reader.fault(
                    "--most-cost is the limit of --objective violations; that of cost is --violation-minutes-per-day");
        }
        if (!isCost && violationMinutes != null) {
            reader.fault(
                    "--violation-minutes-per-day is the limit of --objective cost; that of violations is --most-cost");
        }
        return new TuningGoal(
                isCost ? Objective.COST : Objective.VIOLATIONS,
                isCost
                        ? limit(reader, "--violation-minutes-per-day", violationMinutes, 0)
                        : limit(reader, "--most-cost", mostCost, Double.MIN_VALUE));
    }

    private static TuningGoal.Limit limit(ArgumentReader reader, String option, @Nullable String text, double least) {
        if (text == null) {
            return new TuningGoal.OfPresent(1);
        }
        boolean isShare = text.strip().endsWith("%");
        String digits =
                isShare ? text.strip().substring(0, text.strip().length() - 1).strip() : text.strip();
        double number = digits.matches("\\d{1,12}(\\.\\d{1,12})?") ? Double.parseDouble(digits) : Double.NaN;
        boolean isAllowed = isShare ? number > 0 && number <= MOST_AMOUNT : number >= least && number <= MOST_AMOUNT;
        if (!isAllowed) {
            reader.fault("%s must be a number a day %s, or a share of the present such as 50%%, was '%s'"
                    .formatted(option, least == 0 ? "from 0" : "above 0", text));
            return new TuningGoal.OfPresent(1);
        }
        return isShare ? new TuningGoal.OfPresent(number / 100) : new TuningGoal.PerDay(number);
    }

    /** Tunes and gives the exit code. */
    public interface Runner {
        int run(Options options);
    }

    /**
     * @param folds blocks
     * @param replays settings that are replayed at most
     * @param hpaFloor whether an HPA that somebody else owns is always in charge too
     * @param out file of the recommended specification
     */
    public record Options(
            ReplayOptions replay,
            TuningGoal goal,
            int folds,
            int replays,
            boolean hpaFloor,
            Optional<Path> out,
            boolean json) {}
}
