package dev.prescale.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * The image without a container engine: its file system is made by the very program that the Containerfile runs, and its
 * command is started in it as an engine would, as a user without privileges on a file system that cannot be written.
 */
@Tag("e2e")
class ImageLayoutIT {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(120);

    @TempDir
    static Path folder;

    private static Path tree;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void make() throws Exception {
        if (!Files.isDirectory(Path.of("/proc/self/ns")) || !"root".equals(System.getProperty("user.name"))) {
            System.out.println("not root on Linux: the image's file system is not started here");
            throw new TestAbortedException("not root on Linux");
        }
        Path made = folder.resolve("made");
        String application = Path.of(System.getProperty("prescale.artifact", "target/quarkus-app/quarkus-run.jar"))
                .getParent()
                .toString();
        ProcessBuilder builder = new ProcessBuilder("bin/image-tree", application, made.toString()).inheritIO();
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        assertThat(builder.start().waitFor()).isZero();
        // as COPY does it: the paths of the training run are not those of the image
        tree = Files.move(made, folder.resolve("image"));
    }

    @Test
    void theImageIsThatTreeAndNothingElse() throws IOException {
        Containerfile image = Containerfile.read();

        assertThat(image.all("FROM")).containsExactly("scratch");
        assertThat(image.all("COPY")).containsExactly("--from=build /image /");
        assertThat(image.all("RUN")).isEmpty();
        assertThat(image.one("USER")).matches("[1-9][0-9]*:[1-9][0-9]*");
    }

    @Test
    void nothingInItIsAShellOrMakesOneRoot() throws IOException {
        List<String> programs;
        try (Stream<Path> files = Files.walk(tree)) {
            programs = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(ImageLayoutIT::isExecutable)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.contains(".so"))
                    .sorted()
                    .toList();
        }
        assertThat(programs).containsExactly("java", "jexec", "jspawnhelper");
        try (Stream<Path> files = Files.walk(tree)) {
            assertThat(files).noneMatch(ImageLayoutIT::givesItsOwnersRights);
        }
    }

    @Test
    void startsFromItsCacheWithoutPrivilegesOnAFileSystemThatCannotBeWritten() throws Exception {
        Path work = Files.createDirectory(folder.resolve("start"));
        try (var service =
                new ImageProcess(tree, work, Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=/tmp/classes"))) {
            awaitReady(service);
            HttpResponse<String> written = client.send(
                    HttpRequest.newBuilder(service.uri("/api/v1/samples"))
                            .POST(HttpRequest.BodyPublishers.ofString("http_requests count=1i\n"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(written.statusCode()).as(written.body()).isEqualTo(204);
            assertThat(service.status())
                    .contains("Uid:\t65532\t65532\t65532\t65532", "Groups:\t ", "CapEff:\t0000000000000000");
            assertThat(work.resolve("data/prescale.db")).exists();
            assertThat(service.log()).doesNotContain("ERROR", "Exception");
            List<String> classes = Files.readAllLines(work.resolve("tmp/classes"));
            assertThat(classes.stream().filter(line -> line.contains("shared objects file")))
                    .as("of %d classes, those from the cache", classes.size())
                    .hasSizeGreaterThan(classes.size() / 2);
        }
    }

    @Test
    void whatHasBegunIsAnsweredBeforeTheEnd() throws Exception {
        Path work = Files.createDirectory(folder.resolve("end"));
        try (var service = new ImageProcess(tree, work, Map.of());
                Socket socket = connect(service)) {
            CompletableFuture<HttpResponse<Void>> page = client.sendAsync(
                    HttpRequest.newBuilder(service.uri("/api/v1/events")).build(), BodyHandlers.discarding());
            OutputStream out = socket.getOutputStream();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            send(out, """
                    POST /api/v1/samples HTTP/1.1
                    Host: prescale
                    Expect: 100-continue
                    Content-Length: 23

                    """.replace("\n", "\r\n"));
            assertThat(in.readLine()).startsWith("HTTP/1.1 100");
            assertThat(in.readLine()).isEmpty();

            service.terminate();
            await().atMost(LONGEST_WAIT).until(() -> readiness(service) != 200);
            send(out, "http_requests count=1i\n");

            assertThat(in.readLine()).startsWith("HTTP/1.1 204");
            assertThat(page.get().statusCode()).isEqualTo(200);
            assertThat(service.exitCode(45)).isEqualTo(143);
            assertThat(service.log()).doesNotContain("Timed out waiting");
        }
    }

    private Socket connect(ImageProcess service) throws IOException {
        awaitReady(service);
        return new Socket("127.0.0.1", service.port());
    }

    private void awaitReady(ImageProcess service) throws IOException {
        await().atMost(LONGEST_WAIT).until(() -> readiness(service) == 200 || !service.isAlive());
        assertThat(service.isAlive()).as(service.log()).isTrue();
    }

    /** 0 where nobody answers. */
    private int readiness(ImageProcess service) throws InterruptedException {
        try {
            return client.send(
                            HttpRequest.newBuilder(service.uri("/q/health/ready"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException nobody) {
            return 0;
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static boolean isExecutable(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean givesItsOwnersRights(Path file) {
        try {
            return ((int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 06000) != 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
