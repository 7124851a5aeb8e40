package dev.prescale.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How REST and gRPC are served over TLS.
 *
 * @param certificate file in PEM, the server's certificate first
 * @param key file of its private key in PEM, without a password
 * @param port of REST over TLS, and of gRPC where that has no port of its own; 0 for any free one
 * @param clientCa file of the authorities in PEM one of which must have issued the client's certificate; empty: clients need none
 * @param isOnly whether the port without TLS answers health and metrics only
 */
public record TlsServer(Path certificate, Path key, int port, Optional<Path> clientCa, boolean isOnly) {
    static final Key<String> CERTIFICATE = Key.optional(
            "prescale.tls.certificate",
            ValueTypes.text(4_000),
            "File of the server's certificate in PEM, followed by those of intermediate authorities: REST and gRPC are served"
                    + " over TLS too. Read again when it changes.");
    static final Key<String> KEY = Key.optional(
            "prescale.tls.key",
            ValueTypes.text(4_000),
            "File of the certificate's private key in PEM, without a password.");
    static final Key<Integer> PORT = Key.withDefault(
            "prescale.tls.port",
            ValueTypes.wholeNumber(0, 65_535),
            8443,
            "Port of REST and gRPC over TLS; 0 for any free one.");
    static final Key<String> CLIENT_CA = Key.optional(
            "prescale.tls.client-ca",
            ValueTypes.text(4_000),
            "File of authorities in PEM: clients need a certificate that one of them has issued, on every port with TLS.");
    static final Key<Boolean> ONLY = Key.withDefault(
            "prescale.tls.only",
            ValueTypes.oneOf(on -> on ? "on" : "off", true, false),
            true,
            "Whether, where there is a certificate, the port without TLS answers nothing but health and metrics.");

    /** Null where there is no TLS. */
    static @Nullable TlsServer read(ObjectReader reader) {
        String certificate = reader.find(CERTIFICATE);
        String key = reader.find(KEY);
        int port = reader.get(PORT);
        String clientCa = reader.find(CLIENT_CA);
        boolean isOnly = reader.get(ONLY);
        if (certificate == null) {
            for (Key<?> beside : new Key<?>[] {KEY, PORT, CLIENT_CA, ONLY}) {
                if (reader.has(beside)) {
                    reader.refuse(beside, "must stand beside " + CERTIFICATE.name());
                }
            }
            return null;
        }
        if (key == null) {
            reader.violations().add(KEY.name(), null, "is required with " + CERTIFICATE.name());
            return null;
        }
        return new TlsServer(
                Path.of(certificate),
                Path.of(key),
                port,
                Optional.ofNullable(clientCa).map(Path::of),
                isOnly);
    }
}
