package dev.prescale.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Kubernetes API server with its etcd out of the cache of {@code e2e/servers}, on loopback and free ports. Nothing else
 * of a cluster is there: whoever needs a pod to become ready writes so. Aggregated API servers are asked. RBAC is on; {@link #PRESCALE} may do what a test
 * lets it.
 */
public final class KubernetesApiServer implements AutoCloseable {
    private static final String REQUIREMENT = "kubernetes";
    private static final String ADMIN = "admin";

    /** Common name of the certificate with which it speaks to aggregated API servers for others. */
    private static final String FRONT_PROXY = "front-proxy-client";

    /** A user without any rights of its own. */
    public static final String PRESCALE = "prescale";

    private final Path programs;
    private final Path folder;
    private final int port;
    private final Path frontProxyCa;
    private final CertificateAuthority.Issued frontProxy;
    private final WatchedProcess etcd;
    private final int etcdPort;
    private WatchedProcess server;

    private KubernetesApiServer(Path programs) throws IOException {
        this.programs = programs;
        this.folder = Files.createTempDirectory("prescale-kubernetes");
        this.port = InfluxProcess.freePort();
        this.etcdPort = InfluxProcess.freePort();
        int peerPort = InfluxProcess.freePort();
        writeKey(folder.resolve("service-accounts.key"));
        Files.writeString(folder.resolve("tokens"), """
                admin-token,admin,admin,"system:masters"
                prescale-token,prescale,prescale
                """);
        Files.writeString(folder.resolve("audit-policy"), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                - level: Request
                  users: [prescale]
                  resources:
                  - {group: apps, resources: [deployments/scale]}
                  - {group: autoscaling, resources: [horizontalpodautoscalers]}
                - {level: Metadata, users: [prescale]}
                - {level: None}
                """);
        CertificateAuthority frontProxy = CertificateAuthority.create(folder, "front-proxy-ca");
        this.frontProxyCa = frontProxy.certificate();
        this.frontProxy = frontProxy.issue(FRONT_PROXY);
        this.etcd = WatchedProcess.start(
                List.of(
                        programs.resolve("etcd").toString(),
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=http://127.0.0.1:" + etcdPort,
                        "--advertise-client-urls=http://127.0.0.1:" + etcdPort,
                        "--listen-peer-urls=http://127.0.0.1:" + peerPort,
                        "--initial-advertise-peer-urls=http://127.0.0.1:" + peerPort,
                        "--initial-cluster=default=http://127.0.0.1:" + peerPort,
                        "--unsafe-no-fsync",
                        "--log-level=error"),
                folder.resolve("etcd.log"));
        start();
    }

    /** Starts one. Where there is none the test is aborted with a printed line, or fails where it is required. */
    public static KubernetesApiServer begin() {
        Path programs = Requirement.cached(REQUIREMENT).orElseThrow(KubernetesApiServer::missing);
        try {
            return new KubernetesApiServer(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuntimeException missing() {
        System.out.println("no Kubernetes API server here: tests that need it are not run, see e2e/README.md");
        return Requirement.missing(REQUIREMENT);
    }

    private static void writeKey(Path file) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public void start() {
        server = WatchedProcess.start(
                List.of(
                        programs.resolve("kube-apiserver").toString(),
                        "--etcd-servers=http://127.0.0.1:" + etcdPort,
                        "--bind-address=127.0.0.1",
                        "--advertise-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--endpoint-reconciler-type=none",
                        "--cert-dir=" + folder.resolve("certificates"),
                        "--authorization-mode=RBAC",
                        "--token-auth-file=" + folder.resolve("tokens"),
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-key-file=" + folder.resolve("service-accounts.key"),
                        "--service-account-signing-key-file=" + folder.resolve("service-accounts.key"),
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--requestheader-client-ca-file=" + frontProxyCa,
                        "--requestheader-allowed-names=" + FRONT_PROXY,
                        "--requestheader-username-headers=X-Remote-User",
                        "--requestheader-group-headers=X-Remote-Group",
                        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                        "--proxy-client-cert-file=" + frontProxy.certificate(),
                        "--proxy-client-key-file=" + frontProxy.key(),
                        "--audit-policy-file=" + folder.resolve("audit-policy"),
                        "--audit-log-path=" + folder.resolve("audit.log"),
                        // nobody makes the account that it would ask for
                        "--disable-admission-plugins=ServiceAccount"),
                folder.resolve("kube-apiserver.log"));
        try (KubernetesClient admin = client(ADMIN)) {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> isReady(admin));
        }
    }

    private static boolean isReady(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    /** Requests of the user {@link #PRESCALE}. */
    public AuditLog auditLog() {
        return new AuditLog(folder.resolve("audit.log"));
    }

    /** What it has logged itself. */
    public String log() {
        try {
            return Files.readString(folder.resolve("kube-apiserver.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A configuration file for programs that are to talk to this server. */
    public Path kubeconfig(String user) {
        Path file = folder.resolve("kubeconfig-" + user);
        try {
            Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    contexts: [{name: test, context: {cluster: test, user: %1$s}}]
                    clusters: [{name: test, cluster: {server: "https://127.0.0.1:%2$d", certificate-authority: %3$s}}]
                    users: [{name: %1$s, user: {token: %1$s-token}}]
                    """.formatted(user, port, folder.resolve("certificates/apiserver.crt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    Path programs() {
        return programs;
    }

    Path folder() {
        return folder;
    }

    /** Stops the API server; what etcd has stays. */
    public void stop() {
        server.stop();
    }

    public void createNamespace(String name) {
        try (KubernetesClient admin = admin()) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    /** A client that may do anything. */
    public KubernetesClient admin() {
        return client(ADMIN);
    }

    public KubernetesClient client(String user) {
        return new KubernetesClientBuilder().withConfig(config(user)).build();
    }

    public Config config(String user) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port)
                .withTrustCerts(true)
                .withDisableHostnameVerification(true)
                .withOauthToken(user + "-token")
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    @Override
    public void close() {
        server.stop();
        etcd.stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
