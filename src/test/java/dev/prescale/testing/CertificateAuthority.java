package dev.prescale.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** An {@link Authority} in a folder, for programs that are given files. Its certificates hold from a day before now. */
public final class CertificateAuthority {
    private static final Duration DAY = Duration.ofDays(1);

    private final Path folder;
    private final Path certificate;
    private final Authority authority;
    private final Instant now = Instant.now();

    /** A certificate and its key, PEM files. */
    public record Issued(Path certificate, Path key) {}

    private CertificateAuthority(Path folder, String name) {
        this.folder = folder;
        this.certificate = folder.resolve(name + ".crt");
        this.authority = Authority.of(name, now);
        try {
            Files.writeString(certificate, authority.pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new one, whose file is named after it. */
    public static CertificateAuthority create(Path folder, String name) {
        return new CertificateAuthority(folder, name);
    }

    public Path certificate() {
        return certificate;
    }

    /** As manifests have it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(authority.pem().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A certificate to serve and to be a client with, valid for two days.
     *
     * @param hosts beside {@code localhost} and 127.0.0.1
     */
    public Issued issue(String commonName, String... hosts) {
        return write(
                commonName,
                authority.forBoth("CN=" + commonName, now.minus(DAY), now.plus(DAY.multipliedBy(2)), hosts));
    }

    /** One that has run out. */
    public Issued issueExpired(String commonName) {
        return write(
                commonName + "-expired",
                authority.forBoth("CN=" + commonName, now.minus(DAY.multipliedBy(2)), now.minus(DAY)));
    }

    private Issued write(String fileName, Authority.Issued issued) {
        issued.write(folder, fileName);
        return new Issued(folder.resolve(fileName + ".crt"), folder.resolve(fileName + ".key"));
    }
}
