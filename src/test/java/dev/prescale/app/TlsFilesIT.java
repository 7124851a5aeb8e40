package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.config.TlsServer;
import dev.prescale.testing.CertificateAuthority;
import dev.prescale.testing.CertificateAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of files that cannot be served with, before anything starts. */
class TlsFilesIT {
    @TempDir
    static Path folder;

    private static CertificateAuthority authority;
    private static Issued server;

    @BeforeAll
    static void issue() {
        authority = CertificateAuthority.create(folder, "authority");
        server = authority.issue("prescale");
    }

    @Test
    void aCertificateItsKeyAndAnAuthorityAreFine() {
        assertThatCode(() -> TlsFiles.check(new TlsServer(
                        server.certificate(), server.key(), 8443, Optional.of(authority.certificate()), true)))
                .doesNotThrowAnyException();
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        Issued other = authority.issue("other");

        assertRefused(
                server.certificate(),
                other.key(),
                "PRESCALE_TLS_KEY: %s is not the key of the certificate in %s"
                        .formatted(other.key(), server.certificate()));
    }

    @Test
    void aFileThatIsNotThereOrSomethingElseIsNamed() throws IOException {
        Path none = folder.resolve("none.pem");
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");

        assertRefused(none, server.key(), "PRESCALE_TLS_CERTIFICATE: %s does not exist".formatted(none));
        assertRefused(folder, server.key(), "PRESCALE_TLS_CERTIFICATE: %s cannot be read".formatted(folder));
        assertRefused(text, server.key(), "PRESCALE_TLS_CERTIFICATE: %s holds no certificate in PEM".formatted(text));
        assertRefused(
                server.certificate(),
                server.certificate(),
                "PRESCALE_TLS_KEY: %s holds no private key in PEM without a password".formatted(server.certificate()));
        assertThatThrownBy(() -> TlsFiles.check(
                        new TlsServer(server.certificate(), server.key(), 8443, Optional.of(text), true)))
                .hasMessage("PRESCALE_TLS_CLIENT_CA: %s holds no certificate in PEM".formatted(text));
    }

    private static void assertRefused(Path certificate, Path key, String sentence) {
        assertThatThrownBy(() -> TlsFiles.check(new TlsServer(certificate, key, 8443, Optional.empty(), true)))
                .isInstanceOfSatisfying(
                        CommandFault.class,
                        fault -> org.assertj.core.api.Assertions.assertThat(fault.exitCode())
                                .isEqualTo(2))
                .hasMessage(sentence);
    }
}
