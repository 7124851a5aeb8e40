package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the pages tell a newcomer to do works in a fresh clone, command by command. */
@Tag("e2e")
class NewcomerIT {
    private static final int LONGEST_MINUTES = 20;

    /** The lines of a run; it is long, and whoever waits for it sees nothing of it before it is over. */
    private static final Path LOG = Path.of("target/newcomer.log");

    @Test
    void everyCommandOfThePagesWorks() throws Exception {
        assumeThat(Path.of(".git")).as("what can be cloned").exists();
        Process newcomer = new ProcessBuilder("e2e/newcomer")
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        boolean isDone = newcomer.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
        if (!isDone) {
            // its trap ends what it started
            newcomer.destroy();
        }

        assertThat(isDone).as("ends within %d min: %s", LONGEST_MINUTES, LOG).isTrue();
        assertThat(newcomer.exitValue()).as(Files.readString(LOG)).isZero();
        assertThat(Files.readString(LOG)).contains("newcomer: ok: ");
    }
}
