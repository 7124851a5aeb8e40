package dev.prescale.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A whole control plane on loopback: API server, etcd, the real controllers (HPA's among them) and scheduler; kwok plays two
 * nodes. A pod is ready so long after it was created as the annotation {@link #START_TIME} of its template says, {@code 20s};
 * containers are not run.
 */
public final class ControlPlane implements AutoCloseable {
    public static final String START_TIME = "pod-ready.stage.kwok.x-k8s.io/delay";

    /** Annotations of a pod template whose pods take that long to be ready. */
    public static Map<String, String> startingIn(Duration time) {
        String text = time.toSeconds() + "s";
        return Map.of(
                START_TIME,
                text,
                "pod-ready.stage.kwok.x-k8s.io/jitter-delay",
                text,
                "pod-create.stage.kwok.x-k8s.io/delay",
                "0s",
                "pod-create.stage.kwok.x-k8s.io/jitter-delay",
                "0s");
    }

    private final KubernetesApiServer server;
    private final List<WatchedProcess> controllers = new ArrayList<>();

    private ControlPlane(KubernetesApiServer server) throws IOException {
        this.server = server;
        Path kubeconfig = server.kubeconfig("admin");
        begin(
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + InfluxProcess.freePort(),
                "--cert-dir=" + server.folder().resolve("controller-manager"),
                "--service-account-private-key-file=" + server.folder().resolve("service-accounts.key"),
                "--horizontal-pod-autoscaler-sync-period=5s");
        begin(
                "kube-scheduler",
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + InfluxProcess.freePort(),
                "--cert-dir=" + server.folder().resolve("scheduler"));
        begin(
                "kwok",
                "--kubeconfig=" + kubeconfig,
                "--config=" + stages(),
                "--manage-all-nodes=true",
                "--node-ip=127.0.0.1",
                "--cidr=10.244.0.0/16",
                "--node-lease-duration-seconds=40");
        try (KubernetesClient admin = server.admin()) {
            for (String name : List.of("node-1", "node-2")) {
                admin.resource(node(name)).create();
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> admin.serviceAccounts()
                                    .inNamespace("default")
                                    .withName("default")
                                    .get()
                            != null);
        }
    }

    /** Starts one. Where there is none the test is aborted with a printed line, or fails where it is required. */
    public static ControlPlane begin() {
        KubernetesApiServer server = KubernetesApiServer.begin();
        try {
            return new ControlPlane(server);
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException(e);
        }
    }

    private void begin(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(server.programs().resolve(program).toString());
        command.addAll(List.of(arguments));
        controllers.add(WatchedProcess.start(command, server.folder().resolve(program + ".log")));
    }

    /** kwok needs all stages as soon as it is given one. */
    private Path stages() throws IOException {
        Path all = server.folder().resolve("stages.yaml");
        StringBuilder text = new StringBuilder();
        for (String part : List.of("node/fast", "node/heartbeat-with-lease", "pod/general")) {
            try (Stream<Path> files =
                    Files.list(server.programs().resolve("stages").resolve(part))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".yaml") && !name.equals("kustomization.yaml")) {
                        text.append("---\n").append(Files.readString(file)).append('\n');
                    }
                }
            }
        }
        return Files.writeString(all, text);
    }

    private static io.fabric8.kubernetes.api.model.Node node(String name) {
        Map<String, Quantity> resources =
                Map.of("cpu", new Quantity("1000"), "memory", new Quantity("4Ti"), "pods", new Quantity("10000"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/hostname", name)
                .endMetadata()
                .withNewStatus()
                .withAllocatable(resources)
                .withCapacity(resources)
                .endStatus()
                .build();
    }

    public KubernetesApiServer server() {
        return server;
    }

    @Override
    public void close() {
        controllers.forEach(WatchedProcess::stop);
        server.close();
    }
}
