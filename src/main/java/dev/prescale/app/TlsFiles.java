package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.config.ExternalMetrics;
import dev.prescale.config.KeyPairs;
import dev.prescale.config.TlsServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** Checks the files of TLS before anything starts. */
final class TlsFiles {
    private TlsFiles() {}

    /** A fault names the setting, its file and what is wrong with it. */
    static void check(TlsServer tls) {
        checkPair("PRESCALE_TLS", tls.certificate(), tls.key());
        checkAuthorities("PRESCALE_TLS", tls.clientCa());
    }

    static void check(ExternalMetrics external) {
        checkPair("PRESCALE_EXTERNAL_METRICS", external.certificate(), external.key());
        checkAuthorities("PRESCALE_EXTERNAL_METRICS", external.clientCa());
    }

    private static void checkPair(String settings, Path certificateFile, Path keyFile) {
        pair(settings + "_CERTIFICATE", certificateFile, settings + "_KEY", keyFile);
    }

    /**
     * A certificate with its key. A fault names the setting, its file and what is wrong with it.
     *
     * @param certificateSetting what the file of the certificate is called
     * @param keySetting what the file of the key is called
     */
    static X509KeyManager pair(String certificateSetting, Path certificateFile, String keySetting, Path keyFile) {
        byte[] certificate = read(certificateSetting, certificateFile);
        byte[] key = read(keySetting, keyFile);
        PublicKey certified = certificates(certificateSetting, certificateFile, certificate)
                .getFirst()
                .getPublicKey();
        X509KeyManager keys = keys(keySetting, keyFile, certificate, key);
        String[] aliases = keys.getServerAliases(certified.getAlgorithm(), null);
        if (aliases == null || !KeyPairs.fit(certified, keys.getPrivateKey(aliases[0]))) {
            throw CommandFault.badInput(
                    "%s: %s is not the key of the certificate in %s".formatted(keySetting, keyFile, certificateFile));
        }
        return keys;
    }

    private static void checkAuthorities(String settings, Optional<Path> clientCa) {
        String setting = settings + "_CLIENT_CA";
        clientCa.ifPresent(file -> certificates(setting, file, read(setting, file)));
    }

    static byte[] read(String setting, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw CommandFault.badInput(
                    "%s: %s %s".formatted(setting, file, Files.exists(file) ? "cannot be read" : "does not exist"));
        }
    }

    static List<X509Certificate> certificates(String setting, Path file, byte[] content) {
        try {
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(content))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException malformed) {
            // said below
        }
        throw CommandFault.badInput("%s: %s holds no certificate in PEM".formatted(setting, file));
    }

    /** Read as the server will read it, which knows PKCS#8, PKCS#1 and SEC 1. */
    private static X509KeyManager keys(String setting, Path file, byte[] certificate, byte[] key) {
        try {
            PemKeyCertOptions pair = new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificate))
                    .addKeyValue(Buffer.buffer(key));
            // without a Vert.x, which would only look for files
            for (KeyManager manager : pair.getKeyManagerFactory(null).getKeyManagers()) {
                if (manager instanceof X509KeyManager keys) {
                    return keys;
                }
            }
            throw new GeneralSecurityException("no keys");
        } catch (Exception unreadable) {
            throw CommandFault.badInput(
                    "%s: %s holds no private key in PEM without a password".formatted(setting, file));
        }
    }
}
