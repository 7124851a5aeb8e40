package dev.prescale.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.FitCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.files.ModelFile;
import dev.prescale.adapter.learning.FitSeries;
import dev.prescale.adapter.learning.SharedModelFit;
import dev.prescale.forecast.ModelProvenance;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Fits a shared model and writes it with its card. */
final class FitRunner implements FitCommand.Runner {
    private final Streams streams;
    private final PrintStream out;
    private final PrintStream err;

    FitRunner(Streams streams) {
        this.streams = streams;
        this.out = streams.out();
        this.err = streams.err();
    }

    @Override
    public int run(FitCommand.Options options) {
        Supplier<List<FitSeries>> source = options.folder()
                .<Supplier<List<FitSeries>>>map(folder -> () -> FitSources.ofFolder(folder, options.counts(), err))
                .orElse(() -> FitSources.ofEndpoints(StartUp.settings(), Instant.now(), err));
        List<FitSeries> series = source.get();
        SharedModelFit.Result result;
        try (ProgressLine line = ProgressLine.ofUnknownLength("fit", err, streams.terminal())) {
            SharedModelFit.Size size = options.quick() ? SharedModelFit.Size.SMALL : SharedModelFit.Size.FULL;
            result = fitted(new SharedModelFit(size, line::say), series, options);
        }
        try {
            ModelFile.write(options.out(), result.model(), result.provenance());
        } catch (IOException failed) {
            throw CommandFault.failed("%s cannot be written: %s".formatted(options.out(), failed.getMessage()));
        }
        if (options.json()) {
            out.println(json(options.out(), result.provenance()));
        } else {
            print(options.out(), result.provenance());
        }
        return 0;
    }

    private static SharedModelFit.Result fitted(
            SharedModelFit fit, List<FitSeries> series, FitCommand.Options options) {
        try {
            return fit.fit(options.name(), series, options.seed(), CodeVersion.of(DemoRunner.home()));
        } catch (IllegalArgumentException tooLittle) {
            throw CommandFault.badInput(String.valueOf(tooLittle.getMessage()));
        }
    }

    private void print(Path file, ModelProvenance provenance) {
        out.printf("%d series, data %s%n", provenance.series().size(), provenance.dataHash());
        for (ModelProvenance.Score score : provenance.scores()) {
            out.printf(Locale.ROOT, "%-52s %.4f", score.measure(), score.model());
            score.naives().forEach(naive -> out.printf(Locale.ROOT, "  %s %.4f", naive.name(), naive.loss()));
            out.println();
        }
        out.printf("%s and %s are written%n", file, ModelFile.cardOf(file));
    }

    private static String json(Path file, ModelProvenance provenance) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("file", file.toString())
                .put("card", ModelFile.cardOf(file).toString())
                .put("name", provenance.name())
                .put("dataHash", provenance.dataHash())
                .put("seed", provenance.seed());
        provenance.series().forEach(json.putArray("series")::add);
        provenance.scores().forEach(score -> {
            ObjectNode node = json.withArray("scores").addObject();
            node.put("measure", score.measure()).put("rows", score.rows()).put("model", score.model());
            ObjectNode naives = node.putObject("naives");
            score.naives().forEach(naive -> naives.put(naive.name(), naive.loss()));
        });
        return json.toString();
    }
}
