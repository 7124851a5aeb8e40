package dev.prescale.adapter.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prescale fit}: a shared model over many endpoints. */
@Command(
        name = "fit",
        header = "Fit a model over many endpoints, for those with little history of their own.",
        description =
                "Fits boosted trees on the traces of a folder, or on the histories of the configured endpoints, and writes the model and its "
                        + "card. The service uses the model that PRESCALE_MODEL names.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  prescale fit traces/ --name mine",
            "  prescale fit traces/ --unit rate --quick --json",
            "  prescale fit --influx --out models/mine.json"
        },
        mixinStandardHelpOptions = true)
public final class FitCommand implements Callable<Integer> {
    private final Runner runner;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "Folder of traces, NAME.csv or NAME.csv.gz with the header timestamp,value")
    @Nullable
    Path folder;

    @Option(
            names = "--influx",
            description =
                    "The histories of the endpoints of PRESCALE_ENDPOINTS instead, from where the service reads them")
    boolean influx;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            completionCandidates = Words.Units.class,
            description = "What a value of a trace is: count (default) or rate",
            defaultValue = "count")
    String unit = "count";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model (default: ${DEFAULT-VALUE})",
            defaultValue = "shared")
    String name = "shared";

    @Option(names = "--out", paramLabel = "F.json", description = "Where to write it (default: models/NAME.json)")
    @Nullable
    Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the fit (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    long seed = 1;

    @Option(names = "--quick", description = "A small model in seconds, for a first look")
    boolean quick;

    @Option(names = "--json", description = "Print what was fitted and its scores as JSON")
    boolean json;

    /** @param runner does the work */
    public FitCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() {
        ArgumentReader reader = new ArgumentReader();
        if ((folder == null) != influx) {
            reader.fault("give either a folder of traces or --influx");
        }
        reader.word("--unit", unit, Words.Units.ALL);
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            reader.fault("--name must be of letters, digits and ._-, was '%s'".formatted(name));
        }
        if (out != null && !out.toString().endsWith(".json")) {
            reader.fault("--out must be a file NAME.json, was '%s'".formatted(out));
        }
        reader.requireSound();
        Path file = out == null ? Path.of("models", name + ".json") : out;
        return runner.run(
                new Options(Optional.ofNullable(folder), unit.equals("count"), name, file, seed, quick, json));
    }

    /** Fits and gives the exit code. */
    public interface Runner {
        int run(Options options);
    }

    /**
     * @param folder of traces; empty for the histories of the configured endpoints
     * @param counts whether values of traces are counts per step, else rates
     */
    public record Options(
            Optional<Path> folder, boolean counts, String name, Path out, long seed, boolean quick, boolean json) {}
}
