package dev.prescale.adapter.externalmetrics;

import dev.prescale.config.KeyPairs;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * The certificate that the server shows, with its key, as they stood in their files.
 *
 * @param certificate a PEM text with those between it and its issuer
 */
record ServingCertificate(Buffer certificate, Buffer key, Instant expires) {
    /** Both are there, or on their way: files are replaced one after the other. The message is a sentence. */
    static final class Unusable extends Exception {
        Unusable(String sentence) {
            super(sentence);
        }
    }

    static ServingCertificate read(Vertx vertx, Path certificateFile, Path keyFile) throws Unusable {
        try {
            Buffer certificate = Buffer.buffer(Files.readAllBytes(certificateFile));
            Buffer key = Buffer.buffer(Files.readAllBytes(keyFile));
            X509KeyManager pair = pair(vertx, certificate, key);
            String alias = pair.getServerAliases("RSA", null) != null ? "RSA" : "EC";
            String[] aliases = pair.getServerAliases(alias, null);
            if (aliases == null) {
                throw new Unusable("the key in %s is neither RSA nor EC".formatted(keyFile));
            }
            X509Certificate own = pair.getCertificateChain(aliases[0])[0];
            if (!KeyPairs.fit(own.getPublicKey(), pair.getPrivateKey(aliases[0]))) {
                throw new GeneralSecurityException("the key is another certificate's");
            }
            return new ServingCertificate(certificate, key, own.getNotAfter().toInstant());
        } catch (IOException unread) {
            throw new Unusable("%s or %s cannot be read".formatted(certificateFile, keyFile));
        } catch (GeneralSecurityException | RuntimeException malformed) {
            throw new Unusable("%s and %s are no certificate with its key in PEM: %s"
                    .formatted(certificateFile, keyFile, malformed.getMessage()));
        }
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
    }

    private static X509KeyManager pair(Vertx vertx, Buffer certificate, Buffer key) throws GeneralSecurityException {
        try {
            PemKeyCertOptions options =
                    new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
            for (KeyManager manager : options.getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager pair) {
                    return pair;
                }
            }
            throw new GeneralSecurityException("there is no key");
        } catch (GeneralSecurityException | RuntimeException fault) {
            throw fault;
        } catch (Exception fault) {
            throw new GeneralSecurityException(fault.getMessage(), fault);
        }
    }
}
