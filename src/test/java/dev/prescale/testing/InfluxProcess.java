package dev.prescale.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An InfluxDB that we start on a free loopback port, with a folder of its own. It ends with this JVM, however that ends. */
final class InfluxProcess extends InfluxServer {
    private static final String ORG = "prescale";
    private static final String TOKEN = "prescale-test-token";
    private static final String USER = "prescale";
    private static final String PASSWORD = "test-password";

    /** The server is killed when our end of its standard input closes, which needs nothing of a JVM that was killed. */
    private static final String UNTIL_INPUT_ENDS = "\"$@\" </dev/null & read -r _; kill $!; wait $!";

    private final List<String> command;
    private final Path folder;
    private Process process;

    private InfluxProcess(Version version, int port, List<String> command, Path folder) {
        super(version, "http://127.0.0.1:" + port, version == Version.V1 ? USER + ":" + PASSWORD : TOKEN, ORG);
        this.command = command;
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndDelete));
        start();
    }

    /** @param binary an influxd of that version */
    static InfluxProcess start(Version version, Path binary) {
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory("prescale-influxdb");
            return version == Version.V1 ? startV1(binary, port, folder) : startV2(binary, port, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InfluxProcess startV2(Path binary, int port, Path folder) {
        InfluxProcess server = new InfluxProcess(
                Version.V2,
                port,
                List.of(
                        binary.toString(),
                        "--http-bind-address=127.0.0.1:" + port,
                        "--bolt-path=" + folder.resolve("influxd.bolt"),
                        "--sqlite-path=" + folder.resolve("influxd.sqlite"),
                        "--engine-path=" + folder.resolve("engine"),
                        "--reporting-disabled",
                        "--ui-disabled",
                        "--log-level=error"),
                folder);
        server.post("/api/v2/setup", """
                {"username": "%s", "password": "%s", "org": "%s", "bucket": "first", "token": "%s"}""".formatted(USER, PASSWORD, ORG, TOKEN));
        return server;
    }

    private static InfluxProcess startV1(Path binary, int port, Path folder) throws IOException {
        Path settings = folder.resolve("influxdb.conf");
        // Its RPC port must be free, too.
        Files.writeString(settings, """
                reporting-disabled = true
                bind-address = "127.0.0.1:0"
                [meta]
                  dir = "%1$s/meta"
                [data]
                  dir = "%1$s/data"
                  wal-dir = "%1$s/wal"
                  query-log-enabled = false
                [monitor]
                  store-enabled = false
                [http]
                  bind-address = "127.0.0.1:%2$d"
                  auth-enabled = true
                  log-enabled = false
                [logging]
                  level = "error"
                """.formatted(folder, port));
        InfluxProcess server =
                new InfluxProcess(Version.V1, port, List.of(binary.toString(), "-config", settings.toString()), folder);
        server.post(
                "/query?q="
                        + encoded("CREATE USER %s WITH PASSWORD '%s' WITH ALL PRIVILEGES".formatted(USER, PASSWORD)),
                "");
        return server;
    }

    @Override
    public boolean canBeStopped() {
        return true;
    }

    @Override
    public void start() {
        List<String> watched = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS, "influxd"));
        watched.addAll(command);
        try {
            process = new ProcessBuilder(watched)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(this::answers);
    }

    @Override
    public void stop() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopAndDelete() {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
