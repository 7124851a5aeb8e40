package dev.prescale.adapter.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder of traces, {@code NAME.csv} or {@code NAME.csv.gz}, such as the bundled {@code datasets}. */
public final class TraceFolder {
    private static final List<String> ENDINGS = List.of(".csv", ".csv.gz");

    private final SortedMap<String, Path> files = new TreeMap<>();

    private TraceFolder() {}

    /** Lists the folder; one that is absent has no traces. */
    public static TraceFolder of(Path folder) {
        TraceFolder traces = new TraceFolder();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                entries.sorted().forEach(traces::add);
            } catch (IOException failed) {
                throw new UncheckedIOException("the folder %s cannot be listed".formatted(folder), failed);
            }
        }
        return traces;
    }

    private void add(Path file) {
        String fileName = file.getFileName().toString();
        for (String ending : ENDINGS) {
            if (fileName.endsWith(ending)) {
                files.put(fileName.substring(0, fileName.length() - ending.length()), file);
            }
        }
    }

    /** Names of the traces, sorted. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /** The file of a trace that {@link #names} has. */
    public Path file(String name) {
        Path file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("there is no trace " + name);
        }
        return file;
    }

    /** Reads the trace of this name; an unknown name is a fault that tells the known ones. */
    public CsvTrace.Reading read(String name, CsvTrace.Format format) {
        Path file = files.get(name);
        if (file == null) {
            String problem = "there is no trace %s, only %s".formatted(name, names());
            return new CsvTrace.Faults(List.of(new CsvTrace.Fault(0, problem)), 0);
        }
        return CsvTrace.read(file, format);
    }
}
