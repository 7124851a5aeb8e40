package dev.prescale.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.ModelStore;
import dev.prescale.control.ModelStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest implements ModelStoreContract {
    private static final String PROGRAM = "1.2.3";

    @TempDir
    private Path folder;

    private StateFolder states;

    @BeforeEach
    void open() {
        states = new StateFolder(folder.resolve("states"), PROGRAM);
    }

    @Override
    public ModelStore store() {
        return states;
    }

    private ModelStore.Loaded loadedByAnother() {
        return new StateFolder(folder.resolve("states"), PROGRAM).load(SHOP, "a");
    }

    @Test
    void anotherProcessReadsWhatWasFlushed() throws IOException {
        states.save(SHOP, "a", out -> out.writeUTF("learnt"));
        assertThat(loadedByAnother()).isInstanceOf(ModelStore.Absent.class);

        states.flush();

        assertThat(loadedByAnother())
                .isInstanceOfSatisfying(
                        ModelStore.Found.class,
                        found -> assertThat(found.content())
                                .extracting(in -> {
                                    try {
                                        return in.readUTF();
                                    } catch (IOException damaged) {
                                        throw new IllegalStateException(damaged);
                                    }
                                })
                                .isEqualTo("learnt"));
        try (Stream<Path> files = Files.list(folder.resolve("states"))) {
            assertThat(files).containsExactly(states.fileOf(SHOP));
        }
    }

    @Test
    void aFileWithAnyByteChangedIsOfNoUse() throws IOException {
        byte[] whole = flushed();
        for (int k = 0; k < whole.length; k++) {
            for (int bit : new int[] {1, 0x80, 0xff}) {
                byte[] changed = whole.clone();
                changed[k] ^= (byte) bit;
                Files.write(states.fileOf(SHOP), changed);
                assertThat(loadedByAnother()).as("byte %d", k).isInstanceOf(ModelStore.Unusable.class);
            }
        }
    }

    @Test
    void aFileCutAnywhereOrLengthenedIsOfNoUse() throws IOException {
        byte[] whole = flushed();
        for (int length = 0; length < whole.length + 20; length++) {
            if (length != whole.length) {
                Files.write(states.fileOf(SHOP), Arrays.copyOf(whole, length));
                assertThat(loadedByAnother()).as("%d bytes", length).isInstanceOf(ModelStore.Unusable.class);
            }
        }
    }

    private byte[] flushed() throws IOException {
        states.save(SHOP, "a", out -> out.writeUTF("learnt"));
        states.flush();
        return Files.readAllBytes(states.fileOf(SHOP));
    }

    @Test
    void anotherProgramsStateIsOfNoUse() throws IOException {
        flushed();
        assertThat(new StateFolder(folder.resolve("states"), "1.2.4").load(SHOP, "a"))
                .isEqualTo(new ModelStore.Unusable("another version of the program wrote it"));
    }

    @Test
    void whatIsNoFileIsOfNoUse() throws IOException {
        Files.createDirectories(states.fileOf(SHOP));
        assertThat(states.load(SHOP, "a")).isInstanceOf(ModelStore.Unusable.class);
    }

    @Test
    void everyEndpointHasAFileOfItsOwnWithinTheFolder() {
        String longest = "x".repeat(250);
        assertThat(Stream.of(
                                new EndpointId("a", "b-c"),
                                new EndpointId("a-b", "c"),
                                new EndpointId("a.b", "c"),
                                new EndpointId("a", "b.c"),
                                new EndpointId(longest, longest),
                                new EndpointId(longest, "x"))
                        .map(states::fileOf))
                .doesNotHaveDuplicates()
                .allSatisfy(file -> {
                    assertThat(file.getParent()).isEqualTo(folder.resolve("states"));
                    assertThat(file.getFileName().toString()).hasSizeLessThan(250);
                });
    }

    @Test
    void oldFilesOfAnybodyAreRemovedAndOthersAreNot() throws IOException {
        flushed();
        Path foreign = Files.writeString(folder.resolve("states").resolve("notes.txt"), "mine");
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));
        states.pruneBefore(Instant.now().minusSeconds(3_600));
        assertThat(loadedByAnother()).isInstanceOf(ModelStore.Found.class);

        states.pruneBefore(Instant.now().plusSeconds(3_600));

        assertThat(loadedByAnother()).isInstanceOf(ModelStore.Absent.class);
        assertThat(foreign).exists();
    }
}
