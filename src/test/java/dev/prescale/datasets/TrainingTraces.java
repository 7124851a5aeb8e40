package dev.prescale.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what the shared model that ships is fitted on, {@code make fit}: the stories of the bundled traces drawn with other
 * seeds, and {@value #DRAWN} traces whose story is drawn too.
 */
final class TrainingTraces {
    private static final int DRAWN = 48;
    private static final int DRAWS_PER_STORY = 3;
    private static final long FIRST_SEED = 20_250_000;

    private TrainingTraces() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int written = 0;
        for (int draw = 1; draw <= DRAWS_PER_STORY; draw++) {
            for (TraceGenerator story : TraceGenerator.all(draw)) {
                write(folder, story.name() + "-" + draw, story);
                written++;
            }
        }
        for (int k = 0; k < DRAWN; k++) {
            String name = "drawn-%02d".formatted(k);
            write(folder, name, new DrawnTraffic(name, FIRST_SEED + k));
            written++;
        }
        System.out.println(written + " traces in " + folder);
    }

    private static void write(Path folder, String name, TraceGenerator generator) throws IOException {
        Files.write(
                folder.resolve(name + ".csv.gz"),
                BundledTraces.compressed(generator.generate().csv()));
    }
}
