package dev.prescale.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * KEDA's operator and metrics adapter out of the cache of {@code e2e/servers}, beside a control plane on loopback: the adapter is
 * the cluster's {@code external.metrics.k8s.io}, which the HPA controller asks.
 */
public final class KedaOperator implements AutoCloseable {
    private static final String REQUIREMENT = "keda";
    private static final String NAMESPACE = "keda";

    /** A Service that the aggregation layer resolves to this machine, and whose port the APIService names. */
    private static final String ADAPTER = """
            apiVersion: v1
            kind: Service
            metadata: {name: keda-metrics-apiserver, namespace: keda}
            spec: {type: ExternalName, externalName: localhost}
            ---
            apiVersion: apiregistration.k8s.io/v1
            kind: APIService
            metadata: {name: v1beta1.external.metrics.k8s.io}
            spec:
              service: {name: keda-metrics-apiserver, namespace: keda, port: %d}
              group: external.metrics.k8s.io
              version: v1beta1
              groupPriorityMinimum: 100
              versionPriority: 100
              caBundle: %s
            """;

    private final Path folder;
    private final List<WatchedProcess> processes = new ArrayList<>();

    private KedaOperator(Path folder) {
        this.folder = folder;
    }

    private void install(Path programs, ControlPlane plane) throws IOException {
        KubernetesApiServer server = plane.server();
        Path certificates = Files.createDirectory(folder.resolve("keda-certificates"));
        CertificateAuthority authority = CertificateAuthority.create(certificates, "ca");
        CertificateAuthority.Issued issued = authority.issue("tls", "keda-metrics-apiserver.keda.svc");
        String kubeconfig = server.kubeconfig("admin").toString();
        int grpcPort = InfluxProcess.freePort();
        int adapterPort = InfluxProcess.freePort();
        Kubectl kubectl = Kubectl.of(server);
        server.createNamespace(NAMESPACE);
        Path kinds = folder.resolve("keda-crds.yaml");
        try {
            Files.writeString(
                    kinds,
                    kubectl.run("kustomize", programs.resolve("config/crd").toString()));
            kubectl.run("apply", "--server-side", "-f", kinds.toString());
            // who starts before its kinds are there looks again ten seconds later
            kubectl.run("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        begin(
                programs.resolve("operator"),
                Map.of("POD_NAMESPACE", NAMESPACE, "KEDA_CLUSTER_OBJECT_NAMESPACE", NAMESPACE, "WATCH_NAMESPACE", ""),
                "--kubeconfig=" + kubeconfig,
                "--enable-cert-rotation=false",
                "--cert-dir=" + certificates,
                "--ca-dir=" + certificates,
                "--health-probe-bind-address=127.0.0.1:" + InfluxProcess.freePort(),
                "--metrics-bind-address=127.0.0.1:" + InfluxProcess.freePort(),
                "--metrics-service-bind-address=127.0.0.1:" + grpcPort,
                "--zap-log-level=info",
                "--zap-encoder=console");
        begin(
                programs.resolve("adapter"),
                Map.of("POD_NAMESPACE", NAMESPACE, "WATCH_NAMESPACE", ""),
                "--kubeconfig=" + kubeconfig,
                "--lister-kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--metrics-service-address=localhost:" + grpcPort,
                "--bind-address=127.0.0.1",
                "--secure-port=" + adapterPort,
                "--port=" + InfluxProcess.freePort(),
                "--client-ca-file=" + authority.certificate(),
                "--tls-cert-file=" + issued.certificate(),
                "--tls-private-key-file=" + issued.key(),
                "--cert-dir=" + certificates);
        try (KubernetesClient admin = server.admin()) {
            for (HasMetadata item : admin.load(new ByteArrayInputStream(
                            ADAPTER.formatted(adapterPort, authority.base64()).getBytes(StandardCharsets.UTF_8)))
                    .items()) {
                admin.resource(item).create();
            }
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> serves(admin));
        }
    }

    private static boolean serves(KubernetesClient admin) {
        try {
            return admin.raw("/apis/external.metrics.k8s.io/v1beta1") != null;
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    private void begin(Path program, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.add(program.toString());
        command.addAll(List.of(arguments));
        processes.add(WatchedProcess.start(command, folder.resolve(program.getFileName() + ".log")));
    }

    /**
     * Starts it. Where it has not been built the test is aborted with a printed line, or fails where it is required.
     *
     * @param folder for certificates and logs
     */
    public static KedaOperator begin(ControlPlane plane, Path folder) {
        Path programs = Requirement.cached(REQUIREMENT).orElseThrow(KedaOperator::missing);
        KedaOperator keda = new KedaOperator(folder);
        try {
            keda.install(programs, plane);
            return keda;
        } catch (IOException e) {
            keda.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            keda.close();
            throw e;
        }
    }

    /** Whether a test can have one; says so where not. */
    public static void require() {
        if (Requirement.cached(REQUIREMENT).isEmpty()) {
            throw missing();
        }
    }

    private static RuntimeException missing() {
        System.out.println("no KEDA here: tests that need it are not run, see e2e/README.md");
        return Requirement.missing(REQUIREMENT);
    }

    /** What the operator has logged. */
    public String log() {
        try {
            return Files.readString(folder.resolve("operator.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.forEach(WatchedProcess::stop);
    }
}
