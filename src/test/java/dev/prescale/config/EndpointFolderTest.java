package dev.prescale.config;

import static dev.prescale.config.SpecFixture.least;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stories of a folder of specifications that is edited while the service runs. */
class EndpointFolderTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @TempDir
    private Path path;

    private final List<List<String>> changes = new ArrayList<>();
    private Instant now = START;

    @Test
    void newChangedAndRemovedFilesAreFollowed() throws IOException {
        EndpointFolder folder = folder();
        write("chat.yaml", least("chat", 10));
        assertThat(poll(folder)).containsExactly("default/chat 10");
        write("mail.yml", least("mail", 5));
        write("chat.yaml", least("chat", 20));
        assertThat(poll(folder)).containsExactly("default/chat 20", "default/mail 5");
        Files.delete(path.resolve("chat.yaml"));
        assertThat(poll(folder)).containsExactly("default/mail 5");
        assertThat(folder.faults()).isEmpty();
    }

    @Test
    void theLastValidOneStaysUntilTheFaultIsMended() throws IOException {
        EndpointFolder folder = folder();
        write("chat.yaml", least("chat", 10));
        poll(folder);
        write("chat.yaml", least("chat", -1));
        assertThat(poll(folder)).containsExactly("default/chat 10");
        assertThat(faults(folder))
                .containsExactly("chat.yaml, document 1, line 6: "
                        + "spec.maxReplicas must be a whole number from 1 to 100000, was -1");
        write("chat.yaml", "spec: [");
        assertThat(poll(folder)).containsExactly("default/chat 10");
        assertThat(faults(folder))
                .singleElement()
                .asString()
                .startsWith("chat.yaml, document 1, line 2: input is not valid YAML at line 2");
        write("chat.yaml", least("chat", 30));
        assertThat(poll(folder)).containsExactly("default/chat 30");
        assertThat(folder.faults()).isEmpty();
    }

    @Test
    void aFaultyDocumentSpoilsNoOtherOfItsFile() throws IOException {
        EndpointFolder folder = folder();
        write("all.yaml", least("a", 1) + "---\n" + least("b", 2) + "---\n" + least("c", 3));
        assertThat(poll(folder)).containsExactly("default/a 1", "default/b 2", "default/c 3");
        assertThat(folder.textOf(new EndpointId("default", "b"))).contains("---\n" + least("b", 2));
        write("all.yaml", least("a", 11) + "---\n" + least("b", 0) + "---\n" + least("c", 13));
        assertThat(poll(folder)).containsExactly("default/a 11", "default/b 2", "default/c 13");
        assertThat(folder.textOf(new EndpointId("default", "b"))).contains("---\n" + least("b", 2));
        assertThat(folder.textOf(new EndpointId("default", "d"))).isEmpty();
        assertThat(faults(folder))
                .singleElement()
                .asString()
                .startsWith("all.yaml, document 2, line 17: spec.maxReplicas");
        write("all.yaml", least("a", 11) + "---\n" + least("c", 13));
        assertThat(poll(folder)).containsExactly("default/a 11", "default/c 13");
    }

    @Test
    void aDocumentThatCannotBeParsedKeepsWhatTheFileHad() throws IOException {
        EndpointFolder folder = folder();
        write("all.yaml", least("a", 1) + "---\n" + least("b", 2));
        poll(folder);
        write("all.yaml", least("a", 1) + "---\n\t}");
        assertThat(poll(folder)).containsExactly("default/a 1", "default/b 2");
    }

    @Test
    void theSecondFileThatClaimsAnEndpointIsRefused() throws IOException {
        EndpointFolder folder = folder();
        write("b.yaml", least("chat", 2));
        poll(folder);
        write("a.yaml", least("chat", 1));
        assertThat(poll(folder)).containsExactly("default/chat 2");
        assertThat(faults(folder))
                .containsExactly("a.yaml, document 1, line 3: metadata.name is also the name of an endpoint in "
                        + "b.yaml, document 1, which stays in force, was default/chat");
        Files.delete(path.resolve("b.yaml"));
        assertThat(poll(folder)).containsExactly("default/chat 1");
        assertThat(folder.faults()).isEmpty();
    }

    @Test
    void twoDocumentsOfOneFileThatClaimAnEndpointAreToldApart() throws IOException {
        EndpointFolder folder = folder();
        write("a.yaml", least("chat", 1) + "---\n" + least("chat", 2));
        assertThat(poll(folder)).containsExactly("default/chat 1");
        assertThat(faults(folder)).singleElement().asString().startsWith("a.yaml, document 2, line 14: metadata.name");
    }

    @Test
    void temporaryFilesAndOthersAreLeftOut() throws IOException {
        write(".chat.yaml.swp", "x");
        write(".#chat.yaml", "x");
        write("#chat.yaml#", "x");
        write("chat.yaml~", "x");
        write("README.md", "x");
        Files.createDirectory(path.resolve("folder.yaml"));
        EndpointFolder folder = folder();
        assertThat(poll(folder)).isEmpty();
        assertThat(folder.faults()).isEmpty();
    }

    @Test
    void aMountedConfigMapIsFollowedThroughItsLinks() throws IOException {
        Path first = Files.createDirectory(path.resolve("..2024_01_01"));
        Path second = Files.createDirectory(path.resolve("..2024_01_02"));
        FileTime sameTime = FileTime.from(START.minusSeconds(3600));
        Files.setLastModifiedTime(Files.writeString(first.resolve("chat.yaml"), least("chat", 10)), sameTime);
        Files.setLastModifiedTime(Files.writeString(second.resolve("chat.yaml"), least("chat", 20)), sameTime);
        Files.createSymbolicLink(path.resolve("..data"), Path.of("..2024_01_01"));
        Files.createSymbolicLink(path.resolve("chat.yaml"), Path.of("..data/chat.yaml"));
        EndpointFolder folder = folder();
        assertThat(poll(folder)).containsExactly("default/chat 10");
        Files.delete(path.resolve("..data"));
        Files.createSymbolicLink(path.resolve("..data"), Path.of("..2024_01_02"));
        assertThat(poll(folder)).containsExactly("default/chat 20");
    }

    @Test
    void aFileOrFolderThatCannotBeReadTakesNothingAway() throws IOException {
        EndpointFolder folder = folder();
        write("chat.yaml", least("chat", 10));
        poll(folder);
        Files.write(path.resolve("chat.yaml"), new byte[] {(byte) 0xc3, (byte) 0x28});
        assertThat(poll(folder)).containsExactly("default/chat 10");
        assertThat(faults(folder)).containsExactly("chat.yaml: input must be text in UTF-8");
        Path elsewhere = path.resolveSibling(path.getFileName() + "-away");
        Files.move(path, elsewhere);
        assertThat(poll(folder)).containsExactly("default/chat 10");
        assertThat(faults(folder)).singleElement().asString().contains("the folder cannot be read");
        Files.move(elsewhere, path);
        write("chat.yaml", least("chat", 11));
        assertThat(poll(folder)).containsExactly("default/chat 11");
        assertThat(folder.faults()).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeIsRefusedUnread() throws IOException {
        write("large.yaml", "#".repeat(2_000_000));
        EndpointFolder folder = folder();
        poll(folder);
        assertThat(faults(folder)).containsExactly("large.yaml: input must have at most 1048576 bytes, had 2000000");
    }

    @Test
    void theListenerHearsOfChangesOnly() throws IOException {
        EndpointFolder folder = folder();
        write("chat.yaml", least("chat", 10));
        poll(folder);
        poll(folder);
        write("chat.yaml", least("chat", 10));
        poll(folder);
        assertThat(changes).containsExactly(List.of("default/chat 10"));
        write("chat.yaml", least("chat", 0));
        poll(folder);
        poll(folder);
        assertThat(changes).hasSize(2);
    }

    @Test
    void aSettledFileIsNotReadAgain() throws IOException {
        Path file = write("chat.yaml", least("chat", 10));
        FileTime settled = FileTime.from(START.minusSeconds(60));
        Files.setLastModifiedTime(file, settled);
        EndpointFolder folder = folder();
        poll(folder);
        // Same size and time stamp: only a reader that reads again could tell.
        write("chat.yaml", least("chat", 99));
        Files.setLastModifiedTime(file, settled);
        assertThat(poll(folder)).containsExactly("default/chat 10");
    }

    @Test
    void aFileThatWasJustWrittenIsReadAgainWhateverItsTimeStampSays() throws IOException {
        FileTime fresh = FileTime.from(START);
        Files.setLastModifiedTime(write("chat.yaml", least("chat", 10)), fresh);
        EndpointFolder folder = folder();
        poll(folder);
        Files.setLastModifiedTime(write("chat.yaml", least("chat", 99)), fresh);
        assertThat(poll(folder)).containsExactly("default/chat 99");
    }

    private EndpointFolder folder() {
        return new EndpointFolder(path, (inForce, faults) -> changes.add(names(inForce)));
    }

    private List<String> poll(EndpointFolder folder) {
        folder.poll(now);
        now = now.plusSeconds(1);
        return names(folder.inForce());
    }

    private static List<String> names(List<EndpointSpec> specs) {
        return specs.stream()
                .map(spec -> spec.id() + " " + spec.policy().bounds().maxReplicas())
                .toList();
    }

    private static List<String> faults(EndpointFolder folder) {
        return folder.faults().stream().map(SpecFault::toString).toList();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(path.resolve(name), text);
    }
}
