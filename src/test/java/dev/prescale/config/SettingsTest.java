package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Map<String, String> INFLUX =
            Map.of("prescale.influx.url", "http://localhost:8086", "prescale.influx.org", "acme");

    @TempDir
    private Path folder;

    @Test
    void hasTheDocumentedDefaults() {
        Settings settings = valid(Map.of());
        assertThat(settings.httpPort()).isEqualTo(8080);
        assertThat(settings.grpcPort()).isEmpty();
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.data()).isEqualTo(Path.of("data"));
        assertThat(settings.endpoints()).isEmpty();
        assertThat(settings.cycleInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.retention()).isEqualTo(Duration.ofDays(60));
        assertThat(settings.journal()).isEqualTo(new Settings.Journal(Duration.ofDays(14), 20_000));
        assertThat(settings.kubernetes().use()).isEqualTo(KubernetesServer.Use.AUTO);
        assertThat(settings.influx()).isEmpty();
        assertThat(settings.clock()).isEmpty();
    }

    @Test
    void everyKeyCanBeSet() {
        Settings settings = valid(Map.ofEntries(
                Map.entry("prescale.http.port", "0"),
                Map.entry("prescale.data", "/var/lib/prescale"),
                Map.entry("prescale.endpoints", "/etc/prescale"),
                Map.entry("prescale.cycle-interval", "PT30S"),
                Map.entry("prescale.retention", "90d"),
                Map.entry("prescale.journal.retention", "7d"),
                Map.entry("prescale.journal.most-records", "5000"),
                Map.entry("prescale.kubernetes", "on"),
                Map.entry("prescale.influx.url", "https://influx.example:8086"),
                Map.entry("prescale.influx.token", "s3cret"),
                Map.entry("prescale.influx.dialect", "influxql"),
                Map.entry("prescale.influx.connect-timeout", "1s"),
                Map.entry("prescale.influx.silence-timeout", "2s"),
                Map.entry("prescale.influx.read-timeout", "3s"),
                Map.entry("prescale.influx.attempts", "4"),
                Map.entry("prescale.influx.breaker.failures", "5"),
                Map.entry("prescale.influx.breaker.open-for", "6s")));
        InfluxServer influx = settings.influx().orElseThrow();
        assertThat(settings.endpoints()).contains(Path.of("/etc/prescale"));
        assertThat(settings.cycleInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.retention()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.journal()).isEqualTo(new Settings.Journal(Duration.ofDays(7), 5_000));
        assertThat(settings.kubernetes().use()).isEqualTo(KubernetesServer.Use.ON);
        assertThat(influx.token().get()).isEqualTo("s3cret");
        assertThat(influx.dialect()).isEqualTo("influxql");
        assertThat(influx.patience())
                .isEqualTo(new InfluxServer.Patience(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        4,
                        5,
                        Duration.ofSeconds(6)));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
                    prescale.http.port      | 70000   | prescale.http.port must be a whole number from 0 to 65535, was 70000
                    prescale.http.port      | http    | prescale.http.port must be a whole number from 0 to 65535, was http
                    prescale.grpc.port      | 70000   | prescale.grpc.port must be a whole number from 0 to 65535, was 70000
                    prescale.grpc.port      | 8080    | prescale.grpc.port must not be a port of REST; leave it out to serve gRPC there, was 8080
                    prescale.tls.certificate | a.pem  | prescale.tls.key is required with prescale.tls.certificate
                    prescale.tls.key        | a.pem   | prescale.tls.key must stand beside prescale.tls.certificate, was a.pem
                    prescale.tls.client-ca  | a.pem   | prescale.tls.client-ca must stand beside prescale.tls.certificate, was a.pem
                    prescale.tls.only       | on      | prescale.tls.only must stand beside prescale.tls.certificate, was on
                    prescale.rate-limit     | 0       | prescale.rate-limit must be a whole number from 1 to 1000000, or off, was 0
                    prescale.rate-limit     | none    | prescale.rate-limit must be a whole number from 1 to 1000000, or off, was none
                    prescale.trusted-proxies | 10.0.0.0/8,proxy | prescale.trusted-proxies must be addresses or blocks such as 10.0.0.0/8, separated by commas, was 10.0.0.0/8,proxy
                    prescale.trusted-origins | https://a.example/x | prescale.trusted-origins must be origins such as https://ops.example.com, separated by commas, was https://a.example/x
                    prescale.trusted-origins | * | prescale.trusted-origins must be origins such as https://ops.example.com, separated by commas, was *
                    prescale.allowed-hosts  | a:8080  | prescale.allowed-hosts must be host names without port, separated by commas, was a:8080
                    prescale.read-token     | 15-characters-. | prescale.read-token must be at least 16 characters of ASCII without blanks, at most 4096, and none of another role
                    prescale.operator-token | with a blank inside it | prescale.operator-token must be at least 16 characters of ASCII without blanks, at most 4096, and none of another role
                    prescale.read-token-file | /no/such/file | prescale.read-token-file must be a file that can be read, was /no/such/file
                    prescale.cycle-interval | 0s      | prescale.cycle-interval must be a duration from 1s to 5m such as 30s, 5m, 2h, 28d or PT2M, was 0s
                    prescale.journal.retention | 23h   | prescale.journal.retention must be a duration from 24h to 3650d such as 30s, 5m, 2h, 28d or PT2M, was 23h
                    prescale.journal.most-records | 10 | prescale.journal.most-records must be a whole number from 1000 to 10000000, was 10
                    prescale.influx.dialect | sql     | prescale.influx.dialect must be one of flux, influxql, was sql
                    prescale.influx.attempts | 0      | prescale.influx.attempts must be a whole number from 1 to 10, was 0
                    prescale.influx.url     | ftp://u:secret@host | prescale.influx.url must be http:// or https:// with a host
                    prescale.influx.org     | ' '     | prescale.influx.org is required with the dialect flux
                    prescale.influx.token-file | /no/such/file | prescale.influx.token-file must be a file that can be read, was /no/such/file
                    prescale.clock.start | 2024-01-01T00:00:00Z | prescale.clock.end is required with prescale.clock.start
                    prescale.clock.end   | 2024-01-01T00:00:00Z | prescale.clock.start is required with prescale.clock.end
                    prescale.clock.speed | 10 | prescale.clock.speed must stand beside prescale.clock.start, was 10
                    """)
    void namesKeyValueAndRange(String key, String value, String fault) {
        Map<String, String> settings = new HashMap<>(INFLUX);
        settings.put(key, value);
        assertThat(faults(settings)).containsExactly(fault);
    }

    @Test
    void externalMetricsNeedACertificateAndACluster() throws IOException {
        Path file = Files.writeString(folder.resolve("tls.pem"), "-");
        Map<String, String> settings = new HashMap<>(Map.of("prescale.external-metrics.port", "8443"));
        assertThat(faults(settings))
                .containsExactlyInAnyOrder(
                        "prescale.external-metrics.certificate is required with prescale.external-metrics.port",
                        "prescale.external-metrics.key is required with prescale.external-metrics.port");

        settings.put("prescale.external-metrics.certificate", file.toString());
        settings.put("prescale.external-metrics.key", "/no/such/file");
        settings.put("prescale.kubernetes", "off");
        assertThat(faults(settings))
                .containsExactlyInAnyOrder(
                        "prescale.external-metrics.key must be a file that can be read, was /no/such/file",
                        "prescale.external-metrics.port needs a Kubernetes API server: it must not stand beside"
                                + " prescale.kubernetes=off, nor where time is simulated, was 8443");

        settings.put("prescale.external-metrics.key", file.toString());
        settings.put("prescale.external-metrics.client-ca", file.toString());
        settings.put("prescale.kubernetes", "auto");
        assertThat(valid(settings).externalMetrics())
                .contains(new ExternalMetrics(8443, file, file, Optional.of(file)));
        assertThat(valid(Map.of()).externalMetrics()).isEmpty();

        settings.put("prescale.http.port", "8443");
        assertThat(faults(settings))
                .containsExactly("prescale.external-metrics.port must not be a port of REST or gRPC, was 8443");
    }

    @Test
    void tlsHasAPortOfItsOwn() {
        Map<String, String> settings =
                new HashMap<>(Map.of("prescale.tls.certificate", "tls.crt", "prescale.tls.key", "tls.key"));
        assertThat(valid(settings).tls())
                .contains(new TlsServer(Path.of("tls.crt"), Path.of("tls.key"), 8443, Optional.empty(), true));
        settings.put("prescale.tls.port", "8080");
        assertThat(faults(settings))
                .containsExactly("prescale.tls.port must not be that of prescale.http.port, was 8080");
        settings.put("prescale.tls.port", "9443");
        settings.put("prescale.grpc.port", "9443");
        assertThat(faults(settings))
                .containsExactly(
                        "prescale.grpc.port must not be a port of REST; leave it out to serve gRPC there, was 9443");
        settings.put("prescale.grpc.port", "9090");
        settings.put("prescale.tls.client-ca", "ca.crt");
        settings.put("prescale.tls.only", "off");
        assertThat(valid(settings).grpcPort()).contains(9090);
        assertThat(valid(settings).tls())
                .contains(new TlsServer(
                        Path.of("tls.crt"), Path.of("tls.key"), 9443, Optional.of(Path.of("ca.crt")), false));
    }

    @Test
    void simulatedTimeEndsAfterItBegins() {
        assertThat(faults(Map.of(
                        "prescale.clock.start", "2024-01-02T00:00:00Z", "prescale.clock.end", "2024-01-02T00:00:00Z")))
                .containsExactly("prescale.clock.end must be after prescale.clock.start, which is 2024-01-02T00:00:00Z,"
                        + " was 2024-01-02T00:00:00Z");
    }

    @Test
    void aRehearsalScalesNothing() {
        Map<String, String> rehearsal = new HashMap<>(
                Map.of("prescale.clock.start", "2024-01-01T00:00:00Z", "prescale.clock.end", "2024-01-02T00:00:00Z"));
        assertThat(valid(rehearsal).kubernetes().use()).isEqualTo(KubernetesServer.Use.OFF);
        rehearsal.put("prescale.kubernetes", "on");
        assertThat(faults(rehearsal))
                .containsExactly("prescale.kubernetes must not be on where time is simulated, was on");
    }

    @Test
    void aRotatedTokenIsSeen() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        Map<String, String> settings = new HashMap<>(INFLUX);
        settings.put("prescale.influx.token-file", file.toString());
        InfluxServer influx = valid(settings).influx().orElseThrow();
        assertThat(influx.token().get()).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(influx.token().get()).isEqualTo("second");
        Files.delete(file);
        assertThatThrownBy(influx.token()::get).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void clientsAreBoundByDefaultAndNobodyIsTrusted() {
        assertThat(valid(Map.of()).access().isOn()).isFalse();
        assertThat(valid(Map.of()).clients())
                .isEqualTo(new ClientRules(Optional.of(2_000), List.of(), List.of(), List.of()));
        assertThat(valid(Map.of(
                                "prescale.rate-limit", "off",
                                "prescale.trusted-proxies", "10.0.0.0/8, fd00::1",
                                "prescale.trusted-origins", "https://Ops.example.com,http://[::1]:3000",
                                "prescale.allowed-hosts", "Prescale.Example.com,[::1]"))
                        .clients())
                .isEqualTo(new ClientRules(
                        Optional.empty(),
                        List.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("fd00::1/128")),
                        List.of("https://ops.example.com", "http://[::1]:3000"),
                        List.of("prescale.example.com", "[::1]")));
    }

    @Test
    void tokensComeFromTheEnvironmentOrFromFilesThatAreReadAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("operators"), "\n operator-0123456789 \noperator-abcdefghij\n");
        AccessSettings access = valid(Map.of(
                        "prescale.read-token", "reader-0123456789", "prescale.operator-token-file", file.toString()))
                .access();

        assertThat(access.isOn()).isTrue();
        assertThat(access.readers().orElseThrow().get()).containsExactly("reader-0123456789");
        assertThat(access.operators().orElseThrow().get())
                .containsExactly("operator-0123456789", "operator-abcdefghij");
        Files.writeString(file, "operator-renewed-0123456789");
        assertThat(access.operators().orElseThrow().get()).containsExactly("operator-renewed-0123456789");
    }

    @Test
    void tokensOfTwoRolesDifferAndStandBesideNoProvider() throws IOException {
        String same = "the-same-0123456789";
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        String rule =
                "prescale.operator-token must be at least 16 characters of ASCII without blanks, at most 4096, and"
                        + " none of another role";

        assertThat(faults(Map.of("prescale.read-token", same, "prescale.operator-token", same)))
                .containsExactly(rule);
        assertThat(faults(Map.of("prescale.operator-token-file", empty.toString())))
                .containsExactly(rule);
        assertThat(faults(Map.of("prescale.operator-token", same, "prescale.oidc", "on")))
                .containsExactly(
                        "prescale.oidc must not be on beside prescale.read-token or prescale.operator-token, was on");
        assertThat(faults(Map.of("prescale.read-token", same, "prescale.read-token-file", empty.toString())))
                .anySatisfy(fault -> assertThat(fault).contains("must not stand beside the token itself"));
    }

    @Test
    void tokensAreNeverShown() {
        Map<String, String> tokens =
                Map.of("prescale.read-token", "s3cret-of-readers", "prescale.operator-token", "s3cret-of-operators");
        assertThat(valid(tokens).toString()).contains("operators=true").doesNotContain("s3cret");
        assertThat(faults(Map.of("prescale.read-token", "s3cret", "prescale.operator-token", "s3cret s3cret"))
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void secretsAreNeverShown() {
        Settings settings = valid(Map.of(
                "prescale.influx.url",
                "http://user:passw0rd@localhost:8086/x?p=passw0rd",
                "prescale.influx.org",
                "acme",
                "prescale.influx.token",
                "s3cret"));
        assertThat(settings.toString()).contains("localhost:8086").doesNotContain("s3cret", "passw0rd");
        assertThat(faults(Map.of(
                                "prescale.influx.url",
                                "s3cret://s3cret",
                                "prescale.influx.token",
                                "s3cret".repeat(1000),
                                "prescale.influx.token-file",
                                "/no/such/file"))
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void variablesAreNamedAsDocumented() {
        assertThat(Settings.environmentName("prescale.influx.token-file")).isEqualTo("PRESCALE_INFLUX_TOKEN_FILE");
    }

    private static Settings valid(Map<String, String> settings) {
        return ((ReadResult.Valid<Settings>) Settings.read(settings::get)).value();
    }

    private static List<String> faults(Map<String, String> settings) {
        return ((ReadResult.Invalid<Settings>) Settings.read(settings::get))
                .violations().stream().map(Violation::toString).toList();
    }
}
