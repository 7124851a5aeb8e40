package dev.prescale.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.files.CsvTrace.Fault;
import dev.prescale.adapter.files.CsvTrace.Faults;
import dev.prescale.adapter.files.CsvTrace.Format;
import dev.prescale.adapter.files.CsvTrace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFolderTest {
    @TempDir
    private Path folder;

    @Test
    void tracesAreListedByNameAndNothingElseIs() throws IOException {
        for (String name : List.of("shop.csv", "chat.csv.gz", "README.md", "shop.yaml")) {
            Files.createFile(folder.resolve(name));
        }
        assertThat(TraceFolder.of(folder).names()).containsExactly("chat", "shop");
    }

    @Test
    void aTraceIsReadByItsName() throws IOException {
        Files.writeString(
                folder.resolve("shop.csv"), "timestamp,value\n2024-01-01T00:00:00Z,60\n2024-01-01T00:01:00Z,60\n");
        assertThat(TraceFolder.of(folder).read("shop", Format.COUNTS))
                .isInstanceOfSatisfying(
                        Trace.class, trace -> assertThat(trace.name()).isEqualTo("shop"));
    }

    @Test
    void anUnknownNameIsAFaultThoughAFileOfThatPathMayExist() throws IOException {
        Files.createFile(folder.resolve("shop.csv"));
        assertThat(TraceFolder.of(folder).read("../secret", Format.COUNTS))
                .isEqualTo(new Faults(List.of(new Fault(0, "there is no trace ../secret, only [shop]")), 0));
    }

    @Test
    void anAbsentFolderHasNoTraces() {
        assertThat(TraceFolder.of(folder.resolve("absent")).names()).isEmpty();
    }

    @Test
    void theBundledTracesAreRead() {
        TraceFolder bundled = TraceFolder.of(Path.of("datasets"));
        assertThat(bundled.names())
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(name -> assertThat(bundled.read(name, Format.COUNTS))
                        .isInstanceOfSatisfying(
                                Trace.class,
                                trace -> assertThat(trace.series().size()).isEqualTo(42 * 24 * 60)));
    }
}
