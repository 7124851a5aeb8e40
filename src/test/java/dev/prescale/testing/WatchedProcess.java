package dev.prescale.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server program that ends with this JVM, however that ends. */
final class WatchedProcess {
    /** It is killed when our end of its standard input closes, which needs nothing of a JVM that was killed. */
    private static final String UNTIL_INPUT_ENDS = "\"$@\" </dev/null & read -r _; kill $!; wait $!";

    private final Process process;

    private WatchedProcess(Process process) {
        this.process = process;
    }

    static WatchedProcess start(List<String> command, Path log) {
        List<String> watched = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS, "watched"));
        watched.addAll(command);
        try {
            return new WatchedProcess(new ProcessBuilder(watched)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when it has ended. */
    void stop() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
