package dev.prescale.app;

import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.adapter.files.TraceFolder;
import dev.prescale.config.BundledTraces;
import dev.prescale.control.EndpointSpec;
import dev.prescale.series.RateSeries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The bundled datasets of the checkout that {@code bin/prescale} runs from; none where there is no such folder. */
final class CheckoutDatasets implements BundledTraces {
    private static final String TITLE = "# ";

    private final Path folder;
    /** A dataset is some ten thousand lines, and whoever opens the page asks what there is. */
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(FileTime modified, Facts facts) {}

    /** @param home folder of the checkout, which has {@code datasets/} */
    CheckoutDatasets(Path home) {
        this.folder = home.resolve("datasets");
    }

    @Override
    public List<String> names() {
        return TraceFolder.of(folder).names();
    }

    @Override
    public Bundled read(String name) {
        Path file = TraceFolder.of(folder).file(name);
        Optional<SpecFile> spec = ReplaySource.specOfDataset(name, folder);
        return new Bundled(
                ReplaySource.trace(name, CsvTrace.readMinutes(file, CsvTrace.Unit.COUNT)),
                spec.map(SpecFile::spec),
                spec.map(SpecFile::text));
    }

    @Override
    public List<Facts> facts() {
        return names().stream().map(this::factsOf).toList();
    }

    private Facts factsOf(String name) {
        FileTime modified = modified(TraceFolder.of(folder).file(name));
        Known before = known.get(name);
        if (before != null && before.modified().equals(modified)) {
            return before.facts();
        }
        Bundled read = read(name);
        RateSeries minutes = read.trace().minutes();
        Facts facts = new Facts(
                name,
                description(name),
                minutes.start(),
                minutes.size(),
                read.spec()
                        .map(EndpointSpec::calendar)
                        .map(calendar -> calendar.zone())
                        .orElse(ZoneOffset.UTC));
        known.put(name, new Known(modified, facts));
        return facts;
    }

    /** The title of its card, {@code # shop-web: Business web traffic}, without the name. */
    private String description(String name) {
        Path card = folder.resolve(name + ".md");
        if (!Files.isRegularFile(card)) {
            return "";
        }
        try (var lines = Files.lines(card)) {
            return lines.filter(line -> line.startsWith(TITLE))
                    .findFirst()
                    .map(line -> line.substring(TITLE.length()).replaceFirst("^[^:]*:\\s*", ""))
                    .orElse("");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the card %s cannot be read".formatted(card), unreadable);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            throw new UncheckedIOException("the dataset %s cannot be read".formatted(file), gone);
        }
    }
}
