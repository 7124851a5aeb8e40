package dev.prescale.adapter.transport;

import dev.prescale.config.Settings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A server for gRPC alone, where it is to have a port of its own. It hands requests to the same routes as the ports of REST do, so that
 * both know the same services, bounds and rules; the frame's own separate server knows neither permissions nor renewed certificates.
 */
@Singleton
class GrpcPort {
    private static final Logger LOG = Logger.getLogger(GrpcPort.class);

    /** Of the frame's servers. */
    private static final int HANDSHAKE_SECONDS = 10;

    /** KEDA asks every half minute over the connection that its streams are on. */
    private static final int IDLE_MINUTES = 30;

    private final Optional<Integer> port;
    private final boolean needsClientCertificate;
    private final Vertx vertx;
    private final TlsConfigurationRegistry tls;
    private final String host;
    private final long mostStreams;
    private final int mostResets;
    private volatile @Nullable HttpServer server;

    GrpcPort(
            Settings settings,
            Vertx vertx,
            TlsConfigurationRegistry tls,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.limits.max-concurrent-streams") long mostStreams,
            @ConfigProperty(name = "quarkus.http.limits.rst-flood-max-rst-frame-per-window") int mostResets) {
        this.port = settings.grpcPort();
        this.needsClientCertificate =
                settings.tls().flatMap(server -> server.clientCa()).isPresent();
        this.vertx = vertx;
        this.tls = tls;
        this.host = host;
        this.mostStreams = mostStreams;
        this.mostResets = mostResets;
    }

    boolean isWanted() {
        return port.isPresent();
    }

    boolean isPortOf(HttpServerRequest request) {
        HttpServer running = server;
        return running != null && request.localAddress().port() == running.actualPort();
    }

    void start(@Observes StartupEvent event) {
        if (port.isEmpty()) {
            return;
        }
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port.get())
                .setIdleTimeout(IDLE_MINUTES)
                .setIdleTimeoutUnit(TimeUnit.MINUTES)
                .setInitialSettings(new Http2Settings().setPushEnabled(false).setMaxConcurrentStreams(mostStreams))
                .setHttp2RstFloodMaxRstFramePerWindow(mostResets);
        tls.get(TlsNames.REGISTERED).ifPresent(certificates -> serveOverTls(options, certificates));
        HttpServer starting = vertx.createHttpServer(options).requestHandler(GrpcPort::handle);
        server = starting;
        try {
            starting.listen().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before gRPC could listen on port " + port.get(), stopped);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException fault) {
            throw new IllegalStateException("gRPC cannot listen on port " + port.get(), fault);
        }
        LOG.infof("gRPC listens on %s:%d, %s TLS", host, starting.actualPort(), options.isSsl() ? "over" : "without");
    }

    private void serveOverTls(HttpServerOptions options, TlsConfiguration certificates) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(certificates.getKeyStoreOptions())
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setEnabledSecureTransportProtocols(certificates.getSSLOptions().getEnabledSecureTransportProtocols());
        if (certificates.getTrustStoreOptions() != null) {
            options.setTrustOptions(certificates.getTrustStoreOptions());
        }
        if (needsClientCertificate) {
            ClientCertificates.require(options);
        }
    }

    private static void handle(HttpServerRequest request) {
        if (GrpcRequests.isOne(request)) {
            VertxHttpRecorder.getRootHandler().handle(request);
        } else {
            request.response().setStatusCode(415).end("This port answers gRPC only.");
        }
    }

    void renew(@Observes CertificateUpdatedEvent event) {
        HttpServer running = server;
        if (running != null && event.name().equals(TlsNames.REGISTERED)) {
            running.updateSSLOptions(event.tlsConfiguration().getSSLOptions())
                    .onFailure(fault -> LOG.errorf(fault, "The renewed certificate cannot be used for gRPC"));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        HttpServer running = server;
        if (running != null) {
            running.close();
        }
    }
}
