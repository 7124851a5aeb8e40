package dev.prescale.adapter.transport;

import dev.prescale.config.Settings;
import dev.prescale.config.TlsServer;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Asks clients for a certificate where authorities are named. The frame can decide that only when it is built. */
@Singleton
class ClientCertificates implements HttpServerOptionsCustomizer {
    private final boolean areRequired;

    ClientCertificates(Settings settings) {
        this.areRequired = settings.tls().flatMap(TlsServer::clientCa).isPresent();
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (areRequired) {
            require(options);
        }
    }

    static void require(HttpServerOptions options) {
        options.setClientAuth(ClientAuth.REQUIRED);
    }
}
