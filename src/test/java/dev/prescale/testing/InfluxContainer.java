package dev.prescale.testing;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** An InfluxDB in a container, on a port that stays the same over a stop and a start. */
final class InfluxContainer extends InfluxServer {
    private static final int PORT = 8086;
    private static final String ORG = "prescale";
    private static final String TOKEN = "prescale-test-token";
    private static final String USER = "prescale";
    private static final String PASSWORD = "test-password";

    private final GenericContainer<?> container;

    private InfluxContainer(Version version, String url, GenericContainer<?> container) {
        super(version, url, version == Version.V1 ? USER + ":" + PASSWORD : TOKEN, ORG);
        this.container = container;
    }

    /** Testcontainers is asked only where an engine may be: it says at length that it has found none. */
    static boolean isPossible() {
        Stream<Path> sockets = Stream.of(
                        Path.of("/var/run"),
                        Path.of(Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
                                .orElse("/run")),
                        Path.of(System.getProperty("user.home"), ".docker/run"))
                .map(folder -> folder.resolve("docker.sock"));
        boolean isPlausible = System.getenv("DOCKER_HOST") != null || sockets.anyMatch(Files::exists);
        return isPlausible && DockerClientFactory.instance().isDockerAvailable();
    }

    // Testcontainers' own watcher removes the container when this JVM has ended.
    @SuppressWarnings("resource")
    static InfluxContainer start(Version version) {
        int port;
        try {
            port = InfluxProcess.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GenericContainer<?> container = new GenericContainer<>(version == Version.V1 ? "influxdb:1.8" : "influxdb:2.7")
                .withExposedPorts(PORT)
                .withEnv("INFLUXDB_HTTP_AUTH_ENABLED", "true")
                .withEnv("INFLUXDB_ADMIN_USER", USER)
                .withEnv("INFLUXDB_ADMIN_PASSWORD", PASSWORD)
                .withEnv("DOCKER_INFLUXDB_INIT_MODE", "setup")
                .withEnv("DOCKER_INFLUXDB_INIT_USERNAME", USER)
                .withEnv("DOCKER_INFLUXDB_INIT_PASSWORD", PASSWORD)
                .withEnv("DOCKER_INFLUXDB_INIT_ORG", ORG)
                .withEnv("DOCKER_INFLUXDB_INIT_BUCKET", "first")
                .withEnv("DOCKER_INFLUXDB_INIT_ADMIN_TOKEN", TOKEN)
                .withCreateContainerCmdModifier(create -> create.getHostConfig()
                        .withPortBindings(new PortBinding(Ports.Binding.bindPort(port), new ExposedPort(PORT))))
                .waitingFor(Wait.forHttp("/ping").forStatusCode(204));
        container.start();
        return new InfluxContainer(version, "http://" + container.getHost() + ":" + port, container);
    }

    @Override
    public boolean canBeStopped() {
        return true;
    }

    @Override
    public void stop() {
        container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void start() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        Awaitility.await().until(this::answers);
    }
}
