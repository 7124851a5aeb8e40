package dev.prescale.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks that JMH's own options name and prints them as a {@link BenchmarkTable}:
 *
 * <pre>
 * make bench                      # all
 * make bench JMH=LeadTime         # those whose name contains LeadTime; any option of JMH
 * make bench STORE=1              # writes the table to docs/speed.md too, with commit and machine
 * </pre>
 */
public final class Benchmarks {
    private Benchmarks() {}

    /** @param options those of JMH; {@code -Dprescale.bench.store=FILE} names the file to replace the table in */
    public static void main(String[] options) throws CommandLineOptionException, RunnerException, IOException {
        CommandLineOptions given = new CommandLineOptions(options);
        BenchmarkTable table = BenchmarkTable.of(new Runner(new OptionsBuilder()
                        .parent(given)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuTimeProfiler.class)
                        .build())
                .run());
        String text = Machine.line() + "\n\n" + table.toMarkdown();
        System.out.println("\n" + text);
        String store = System.getProperty("prescale.bench.store", "");
        if (!store.isEmpty()) {
            StoredText.replace(Path.of(store), "jmh", text);
        }
    }

    /** A part of a page between two marks, which a program writes anew. */
    static final class StoredText {
        private StoredText() {}

        static void replace(Path page, String name, String text) throws IOException {
            List<String> lines = Files.readAllLines(page);
            int begin = lines.indexOf("<!-- %s: begin -->".formatted(name));
            int end = lines.indexOf("<!-- %s: end -->".formatted(name));
            if (begin < 0 || end < begin) {
                throw new IOException("%s has no marks for %s".formatted(page, name));
            }
            String kept = String.join("\n", lines.subList(0, begin + 1));
            String after = String.join("\n", lines.subList(end, lines.size()));
            Files.writeString(page, kept + "\n\n" + text.strip() + "\n\n" + after + "\n");
        }
    }
}
