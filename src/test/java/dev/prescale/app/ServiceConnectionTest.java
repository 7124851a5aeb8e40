package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ServiceAccess;
import dev.prescale.adapter.client.Answer;
import dev.prescale.adapter.client.RunningService;
import dev.prescale.adapter.client.ServiceFault;
import dev.prescale.testing.CapturedStreams;
import dev.prescale.testing.CertificateAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and certificates, against a server that asks for a client certificate. */
class ServiceConnectionTest {
    @TempDir
    private Path folder;

    private final CapturedStreams captured = new CapturedStreams();
    private CertificateAuthority ours;
    private CertificateAuthority other;
    private HttpsServer server;

    @BeforeEach
    void serve() throws Exception {
        ours = CertificateAuthority.create(Files.createDirectory(folder.resolve("ours")), "ours");
        other = CertificateAuthority.create(Files.createDirectory(folder.resolve("other")), "other");
        var issued = ours.issue("server", "127.0.0.1");
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        X509Certificate authority = TlsFiles.certificates(
                        "ca", ours.certificate(), Files.readAllBytes(ours.certificate()))
                .getFirst();
        trusted.setCertificateEntry("ca", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {TlsFiles.pair("c", issued.certificate(), "k", issued.key())},
                trust.getTrustManagers(),
                null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = "{\"endpoints\": []}".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aClientCertificateOfTheRightAuthorityIsLetIn() {
        try (RunningService service = open(ours, ours.issue("me"))) {
            assertThat(service.endpointStates(Optional.empty())).isInstanceOf(Answer.Found.class);
        }
    }

    @Test
    void aServiceOfAnUnknownAuthorityIsNotTrusted() {
        try (RunningService service = open(other, ours.issue("me"))) {
            assertThatThrownBy(() -> service.endpointStates(Optional.empty()))
                    .isInstanceOf(ServiceFault.class)
                    .hasMessageContaining("is of an authority that is not known here: give it with --ca");
        }
    }

    @Test
    void withoutAClientCertificateItIsSaidThatOneIsWanted() {
        try (RunningService service = open(ours, null)) {
            assertThatThrownBy(() -> service.endpointStates(Optional.empty()))
                    .isInstanceOf(ServiceFault.class)
                    .hasMessageContaining("a client certificate that it knows: give one with --cert and --key");
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedBeforeAnythingIsSent() {
        var mine = ours.issue("me");
        var yours = ours.issue("you");
        var mixed = new CertificateAuthority.Issued(mine.certificate(), yours.key());
        assertThatThrownBy(() -> open(ours, mixed))
                .isInstanceOf(CommandFault.class)
                .hasMessage("--key: %s is not the key of the certificate in %s", yours.key(), mine.certificate());
    }

    @Test
    void aTokenOfTheEnvironmentIsUsedAndMustBeOne() {
        ServiceAccess access = ServiceAccess.of(URI.create("http://127.0.0.1:1"));
        assertThatThrownBy(() -> connection("two words").open(access))
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("PRESCALE_TOKEN must hold one token")
                .hasMessageNotContaining("two words");
        connection("s3cret").open(access).close();
        assertThat(captured.err()).isEmpty();
        connection("s3cret")
                .open(ServiceAccess.of(URI.create("http://192.0.2.1")))
                .close();
        assertThat(captured.err())
                .contains("the token goes over plain http to 192.0.2.1, where others can read it")
                .doesNotContain("s3cret");
    }

    private RunningService open(CertificateAuthority trusted, CertificateAuthority.@Nullable Issued client) {
        return connection(null)
                .open(new ServiceAccess(
                        URI.create("https://127.0.0.1:" + server.getAddress().getPort()),
                        Optional.empty(),
                        Optional.of(trusted.certificate()),
                        Optional.ofNullable(client).map(CertificateAuthority.Issued::certificate),
                        Optional.ofNullable(client).map(CertificateAuthority.Issued::key)));
    }

    private ServiceConnection connection(@Nullable String token) {
        return new ServiceConnection(
                name -> name.equals("PRESCALE_TOKEN") ? token : null,
                captured.streams().err(),
                ServiceConnection.PATIENCE);
    }
}
