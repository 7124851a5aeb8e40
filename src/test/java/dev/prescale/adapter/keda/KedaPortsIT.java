package dev.prescale.adapter.keda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.prescale.adapter.keda.wire.ExternalScalerGrpc;
import dev.prescale.adapter.keda.wire.ScaledObjectRef;
import dev.prescale.testing.CertificateAuthority;
import dev.prescale.testing.CertificateAuthority.Issued;
import dev.prescale.testing.FakeProvider;
import dev.prescale.testing.PackagedApplication;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where gRPC and REST are answered, over what, and to whom. */
@Tag("e2e") // six starts of the service are too long for make test
class KedaPortsIT {
    private static final ScaledObjectRef TRIGGER =
            ScaledObjectRef.newBuilder().setNamespace("shop").setName("chat").build();

    @TempDir
    static Path certificates;

    @TempDir
    Path folder;

    private static CertificateAuthority authority;
    private static CertificateAuthority other;
    private static Issued server;
    private static Issued client;

    private ScalerService service;

    @BeforeAll
    static void issue() {
        authority = CertificateAuthority.create(certificates, "authority");
        other = CertificateAuthority.create(certificates, "other");
        server = authority.issue("prescale");
        client = authority.issue("keda");
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void aPortOfItsOwnAnswersGrpcAndTheOtherDoesNot() throws Exception {
        int grpcPort = PackagedApplication.freePort();
        service = ScalerService.start(folder, Map.of("PRESCALE_GRPC_PORT", "" + grpcPort));

        assertThat(target(ScalerService.plain(grpcPort))).isEqualTo(12);
        assertThat(health(ScalerService.plain(grpcPort))).isEqualTo(ServingStatus.SERVING);
        assertThat(refusal(ScalerService.plain(service.port)).getMessage())
                .isEqualTo("UNIMPLEMENTED: gRPC is answered on its own port, PRESCALE_GRPC_PORT, and not on this one.");
        assertThat(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + grpcPort + "/q/health"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(415);
        assertThat(service.get("/api/v1/endpoints").statusCode()).isEqualTo(200);
    }

    @Test
    void overTlsAClientNeedsACertificateOfTheAuthority() throws Exception {
        int tlsPort = PackagedApplication.freePort();
        service = ScalerService.start(folder, withClientCertificates(tlsPort));

        assertClientCertificates(tlsPort);
        assertThat(service.get("/q/metrics").statusCode()).isEqualTo(200);
        assertThat(service.get("/api/v1/endpoints").statusCode()).isEqualTo(403);
        assertThat(service.get("/q/health/../../api/v1/endpoints").statusCode()).isEqualTo(403);
        assertThat(refusal(ScalerService.plain(service.port)).getMessage())
                .isEqualTo("PERMISSION_DENIED: This is answered over TLS only, on PRESCALE_TLS_PORT.");
    }

    /** Where REST asks for tokens, a certificate stands in for one on the port of gRPC. */
    @Test
    void aPortOfItsOwnHasTheSameTlsAndACertificateStandsInForAToken() throws Exception {
        int grpcPort = PackagedApplication.freePort();
        int tlsPort = PackagedApplication.freePort();
        try (FakeProvider provider = new FakeProvider()) {
            Map<String, String> settings = withClientCertificates(tlsPort);
            settings.put("PRESCALE_GRPC_PORT", "" + grpcPort);
            settings.put("PRESCALE_OIDC", "on");
            settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", provider.url());
            service = ScalerService.start(folder, settings);

            assertClientCertificates(grpcPort);
            assertThat(refusal(ScalerService.overTls(tlsPort, authority.certificate(), client))
                            .getStatus()
                            .getCode())
                    .isEqualTo(Status.Code.UNIMPLEMENTED);
        }
    }

    @Test
    void withoutCertificatesATokenIsNeededWhereRestNeedsOne() throws Exception {
        try (FakeProvider provider = new FakeProvider()) {
            service = ScalerService.start(
                    folder,
                    Map.of(
                            "PRESCALE_OIDC",
                            "on",
                            "QUARKUS_OIDC_AUTH_SERVER_URL",
                            provider.url(),
                            "QUARKUS_OIDC_TOKEN_AUDIENCE",
                            FakeProvider.AUDIENCE));

            assertATokenIsNeeded(provider.tokenOf("keda", "staff"));
        }
    }

    @Test
    void aStaticTokenIsAsGood() throws Exception {
        String reader = "reader-0123456789";
        service = ScalerService.start(folder, Map.of("PRESCALE_READ_TOKEN", reader));

        assertATokenIsNeeded(reader);
    }

    private void assertATokenIsNeeded(String token) throws Exception {
        assertThat(refusal(ScalerService.plain(service.port)).getStatus().getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(health(ScalerService.plain(service.port))).isEqualTo(ServingStatus.SERVING);
        io.grpc.Metadata headers = new io.grpc.Metadata();
        headers.put(
                io.grpc.Metadata.Key.of("authorization", io.grpc.Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        double target = call(
                ScalerService.plain(service.port),
                channel -> ExternalScalerGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                        .getMetricSpec(TRIGGER)
                        .getMetricSpecs(0)
                        .getTargetSizeFloat());
        assertThat(target).isEqualTo(12);
    }

    /** The file is read again within half a minute, and clients still need a certificate. */
    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws Exception {
        Path certificate = Files.copy(server.certificate(), folder.resolve("tls.crt"));
        Path key = Files.copy(server.key(), folder.resolve("tls.key"));
        int tlsPort = PackagedApplication.freePort();
        int grpcPort = PackagedApplication.freePort();
        Map<String, String> settings = withClientCertificates(tlsPort);
        settings.put("PRESCALE_GRPC_PORT", "" + grpcPort);
        settings.put("PRESCALE_TLS_CERTIFICATE", certificate.toString());
        settings.put("PRESCALE_TLS_KEY", key.toString());
        settings.put("QUARKUS_TLS_PRESCALE_RELOAD_PERIOD", "1s");
        service = ScalerService.start(folder, settings);
        assertThat(target(ScalerService.overTls(grpcPort, authority.certificate(), client)))
                .isEqualTo(12);

        Issued renewed = other.issue("renewed");
        Files.copy(renewed.key(), key, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(renewed.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);

        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> target(ScalerService.overTls(grpcPort, other.certificate(), client)) == 12);
        assertThat(refusal(ScalerService.overTls(grpcPort, other.certificate(), null))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal(ScalerService.overTls(tlsPort, other.certificate(), client))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    private static void assertClientCertificates(int port) throws IOException {
        Path trusted = authority.certificate();
        assertThat(target(ScalerService.overTls(port, trusted, client))).isEqualTo(12);
        assertThat(refusal(ScalerService.overTls(port, trusted, null))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal(ScalerService.overTls(port, trusted, authority.issueExpired("keda")))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal(ScalerService.overTls(port, trusted, other.issue("stranger")))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal(ScalerService.overTls(port, other.certificate(), client))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    private static Map<String, String> withClientCertificates(int tlsPort) {
        return new java.util.HashMap<>(Map.of(
                "PRESCALE_TLS_PORT", "" + tlsPort,
                "PRESCALE_TLS_CERTIFICATE", server.certificate().toString(),
                "PRESCALE_TLS_KEY", server.key().toString(),
                "PRESCALE_TLS_CLIENT_CA", authority.certificate().toString()));
    }

    private static double target(ManagedChannel channel) {
        return call(
                channel,
                open -> new KedaCalls(open, TRIGGER).spec().getMetricSpecs(0).getTargetSizeFloat());
    }

    private static ServingStatus health(ManagedChannel channel) {
        return call(
                channel,
                open -> HealthGrpc.newBlockingStub(open)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus());
    }

    private static StatusRuntimeException refusal(ManagedChannel channel) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> target(channel));
    }

    private static <T> T call(ManagedChannel channel, Function<Channel, T> question) {
        try {
            return question.apply(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void aPortInUseIsToldInOneSentence() throws Exception {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0)) {
            PackagedApplication refused = PackagedApplication.start(
                    folder,
                    Map.of(
                            "PRESCALE_HTTP_PORT",
                            "0",
                            "PRESCALE_GRPC_PORT",
                            "" + taken.getLocalPort(),
                            "PRESCALE_DATA",
                            folder.resolve("data").toString()),
                    "serve");

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err())
                    .contains(
                            "port %d is in use. Set PRESCALE_GRPC_PORT to a free one.".formatted(taken.getLocalPort()));
        }
    }
}
