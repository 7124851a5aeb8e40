package dev.prescale.adapter.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.prescale.control.EndpointId;
import dev.prescale.testing.KubernetesApiServer;
import dev.prescale.testing.TcpRelay;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Electors in one JVM, each on a line of its own to a real API server, with no more rights than they need. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeaseElectionIT {
    private static final String NAMESPACE = "prescale";
    private static final ElectionSettings SETTINGS =
            ElectionSettings.of(8, Duration.ofSeconds(3), Duration.ofSeconds(1));
    private static final Duration LEASE = Duration.ofNanos(SETTINGS.lease());
    private static final List<EndpointId> ENDPOINTS = IntStream.range(0, 30)
            .mapToObj(number -> new EndpointId("inference", "chat-" + number))
            .toList();
    private static final Pattern REQUESTS =
            Pattern.compile("apiserver_request_total\\{[^}]*resource=\"leases\"[^}]*verb=\"(\\w+)\"[^}]*} (\\S+)");

    private static KubernetesApiServer server;
    private static KubernetesClient admin;
    private static final Map<String, Elector> ELECTORS = new TreeMap<>();
    private static final List<String> DOUBLES = new CopyOnWriteArrayList<>();
    private static volatile List<Elector> acting = List.of();
    private static Thread watchman;

    private record Elector(String name, TcpRelay line, KubernetesClient client, LeaseElection election) {
        static Elector begin(String name) {
            Config config = patient(server.config(KubernetesApiServer.PRESCALE));
            TcpRelay line = new TcpRelay(URI.create(config.getMasterUrl()).getPort());
            KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(config)
                            .withMasterUrl("https://127.0.0.1:" + line.port())
                            .build())
                    .build();
            Elector elector = new Elector(name, line, client, LeaseElection.begin(client, NAMESPACE, name, SETTINGS));
            ELECTORS.put(name, elector);
            acting = List.copyOf(ELECTORS.values());
            return elector;
        }

        boolean end() {
            ELECTORS.remove(name);
            acting = List.copyOf(ELECTORS.values());
            boolean isLast = election.leave();
            client.close();
            line.close();
            return isLast;
        }
    }

    private static Config patient(Config config) {
        return new ConfigBuilder(config)
                .withConnectionTimeout(1_000)
                .withRequestTimeout(1_000)
                .build();
    }

    @BeforeAll
    static void begin() {
        server = KubernetesApiServer.begin();
        admin = server.admin();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        watchman = new Thread(LeaseElectionIT::watch, "watchman");
        watchman.setDaemon(true);
        watchman.start();
    }

    /** Whether ever two act for one endpoint. Asked one after the other, so an answer is asked for twice. */
    private static void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            for (EndpointId endpoint : ENDPOINTS) {
                List<String> actors = new ArrayList<>();
                List<Elector> electors = acting;
                electors.stream()
                        .filter(elector -> elector.election().actsFor(endpoint))
                        .filter(elector -> electors.stream()
                                .anyMatch(other -> other != elector
                                        && other.election().actsFor(endpoint)
                                        && elector.election().actsFor(endpoint)))
                        .forEach(elector -> actors.add(elector.name()));
                if (!actors.isEmpty()) {
                    DOUBLES.add(endpoint + " " + actors);
                }
            }
            Thread.onSpinWait();
        }
    }

    @AfterAll
    static void end() {
        if (server != null) {
            watchman.interrupt();
            List.copyOf(ELECTORS.values()).forEach(Elector::end);
            admin.close();
            server.close();
        }
    }

    @Test
    @Order(1)
    void withTheseRightsTwoShareTheWork() {
        Elector a = Elector.begin("a");
        Elector b = Elector.begin("b");
        assertThat(a.election().status().isConfirmed()).isFalse();
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("prescale-leases")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("coordination.k8s.io")
                        .withResources("leases")
                        .withVerbs("create", "delete", "list", "patch", "watch")
                        .endRule()
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("prescale-leases")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "prescale-leases")
                        .addNewSubject("rbac.authorization.k8s.io", "User", KubernetesApiServer.PRESCALE, null)
                        .build())
                .create();

        awaitActors("a", "b");
        assertThat(a.election().isAlone()).isFalse();
        Lease own = lease("prescale-replica-" + a.election().status().id());
        assertThat(own.getSpec().getHolderIdentity())
                .isEqualTo(a.election().status().id());
        assertThat(own.getSpec().getLeaseDurationSeconds()).isEqualTo(3);
        assertThat(own.getSpec().getRenewTime()).isAfter(own.getSpec().getAcquireTime());
        Lease bucket = lease("prescale-bucket-00");
        assertThat(bucket.getSpec().getHolderIdentity())
                .isIn(a.election().status().id(), b.election().status().id());
        assertThat(bucket.getMetadata().getLabels()).containsEntry("prescale.dev/lease", "bucket");
    }

    @Test
    @Order(2)
    void inSteadyStateOnlyRenewalsAreWritten() {
        Map<String, Double> before = requests();
        Instant begin = Instant.now();
        await().pollDelay(Duration.ofSeconds(9)).atMost(Duration.ofSeconds(20)).until(() -> true);
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1_000.0;
        Map<String, Double> after = requests();
        before.forEach((verb, count) -> after.merge(verb, -count, Double::sum));
        after.values().removeIf(count -> count == 0);
        // the API server's own Lease, which it renews every 10 s
        after.remove("PUT");

        System.out.printf(
                "Lease requests of 2 replicas with a lease of 3 s in %.1f s: %s, %.2f per second%n",
                seconds,
                after,
                after.values().stream().mapToDouble(Double::doubleValue).sum() / seconds);
        assertThat(after).containsOnlyKeys("PATCH");
        assertThat(after.get("PATCH")).isBetween(2 * seconds / 0.75 - 4, 2 * seconds / 0.75 + 4);
    }

    @Test
    @Order(3)
    void aThirdOneGetsItsShare() {
        Elector.begin("c");

        awaitActors("a", "b", "c");
    }

    @Test
    @Order(4)
    void whoIsKilledIsReplacedWithinItsLease() {
        Elector killed = ELECTORS.get("c");
        Instant begin = Instant.now();
        killed.line().close();

        await().pollInterval(Duration.ofMillis(10))
                .atMost(LEASE.plusMillis(500))
                .until(() -> actors("a", "b").size() == ENDPOINTS.size());
        System.out.printf(
                "Taken over %d ms after the kill, with a lease of %d ms%n",
                Duration.between(begin, Instant.now()).toMillis(), LEASE.toMillis());
        assertThat(admin.leases().inNamespace(NAMESPACE).list().getItems())
                .extracting(lease -> lease.getMetadata().getName())
                .filteredOn(name -> name.startsWith("prescale-replica-"))
                .hasSize(2);
        killed.end();
    }

    @Test
    @Order(5)
    void whoLeavesIsReplacedAtOnce() {
        Instant begin = Instant.now();
        assertThat(ELECTORS.get("b").end()).isFalse();

        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(1))
                .until(() -> actors("a").size() == ENDPOINTS.size());
        System.out.printf(
                "Taken over %d ms after the end began%n",
                Duration.between(begin, Instant.now()).toMillis());
        assertThat(ELECTORS.get("a").election().isAlone()).isTrue();
    }

    @Test
    @Order(6)
    void anApiServerThatWasAwayFindsTheSameOnesActing() {
        LeaseElection election = ELECTORS.get("a").election();
        String id = election.status().id();
        server.stop();
        await().atMost(LEASE).until(() -> !election.status().isConfirmed());
        assertThat(actors("a")).isEmpty();

        server.start();

        await().atMost(LEASE.multipliedBy(2)).until(() -> actors("a").size() == ENDPOINTS.size());
        assertThat(election.status().id()).isEqualTo(id);
    }

    @Test
    @Order(7)
    void nothingIsLeftHeld() {
        assertThat(ELECTORS.get("a").end()).isTrue();

        assertThat(admin.leases().inNamespace(NAMESPACE).list().getItems())
                .hasSize(8)
                .allSatisfy(
                        lease -> assertThat(lease.getSpec().getHolderIdentity()).isEmpty());
        assertThat(DOUBLES).isEmpty();
    }

    private static void awaitActors(String... names) {
        await().atMost(LEASE.multipliedBy(6)).until(() -> {
            Map<EndpointId, String> actors = actors(names);
            return actors.size() == ENDPOINTS.size() && actors.values().containsAll(List.of(names));
        });
    }

    private static Map<EndpointId, String> actors(String... names) {
        Map<EndpointId, String> actors = new TreeMap<>();
        for (String name : names) {
            ENDPOINTS.stream()
                    .filter(endpoint -> ELECTORS.get(name).election().actsFor(endpoint))
                    .forEach(endpoint -> actors.put(endpoint, name));
        }
        return actors;
    }

    private static Lease lease(String name) {
        return admin.leases().inNamespace(NAMESPACE).withName(name).get();
    }

    private static Map<String, Double> requests() {
        Map<String, Double> requests = new TreeMap<>();
        for (MatchResult line :
                REQUESTS.matcher(admin.raw("/metrics")).results().toList()) {
            requests.merge(line.group(1), Double.parseDouble(line.group(2)), Double::sum);
        }
        return requests;
    }
}
