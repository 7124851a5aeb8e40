package dev.prescale.app;

import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.adapter.files.TraceFolder;
import dev.prescale.config.BundledTraces;
import java.nio.file.Path;
import java.util.List;

/** The bundled datasets of the checkout that {@code bin/prescale} runs from; none where there is no such folder. */
final class CheckoutDatasets implements BundledTraces {
    private final Path folder;

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
        return new Bundled(
                ReplaySource.trace(name, CsvTrace.readMinutes(file, CsvTrace.Unit.COUNT)),
                ReplaySource.specOfDataset(name, folder).map(SpecFile::spec));
    }
}
