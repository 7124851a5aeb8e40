package dev.prescale.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority in a folder, by the program {@code openssl}. */
public final class CertificateAuthority {
    private static final List<String> NEW_KEY =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

    private final Path folder;
    private final Path certificate;
    private final Path key;

    /** A certificate and its key, PEM files. */
    public record Issued(Path certificate, Path key) {}

    private CertificateAuthority(Path folder, String name) {
        this.folder = folder;
        this.certificate = folder.resolve(name + ".crt");
        this.key = folder.resolve(name + ".key");
    }

    /** A new one, whose files are named after it. */
    public static CertificateAuthority create(Path folder, String name) {
        CertificateAuthority made = new CertificateAuthority(folder, name);
        openssl(
                List.of("req", "-x509"),
                NEW_KEY,
                List.of("-keyout", made.key.toString(), "-out", made.certificate.toString()),
                List.of("-subj", "/CN=" + name, "-days", "2"));
        return made;
    }

    public Path certificate() {
        return certificate;
    }

    /** As manifests have it. */
    public String base64() {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A certificate to serve and to be a client with, valid for two days.
     *
     * @param hosts beside {@code localhost} and 127.0.0.1
     */
    public Issued issue(String commonName, String... hosts) {
        return issue(commonName, commonName, 2, hosts);
    }

    /** One that has run out. */
    public Issued issueExpired(String commonName) {
        return issue(commonName + "-expired", commonName, -1);
    }

    private Issued issue(String fileName, String commonName, int days, String... hosts) {
        Path request = folder.resolve(fileName + ".csr");
        Path extensions = folder.resolve(fileName + ".ext");
        Issued issued = new Issued(folder.resolve(fileName + ".crt"), folder.resolve(fileName + ".key"));
        openssl(
                List.of("req"),
                NEW_KEY,
                List.of("-keyout", issued.key().toString(), "-out", request.toString(), "-subj", "/CN=" + commonName));
        try {
            StringBuilder names = new StringBuilder("DNS:localhost,IP:127.0.0.1");
            for (String host : hosts) {
                names.append(",DNS:").append(host);
            }
            Files.writeString(
                    extensions, "subjectAltName=%s%nextendedKeyUsage=serverAuth,clientAuth%n".formatted(names));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        openssl(
                List.of("x509", "-req", "-in", request.toString(), "-CA", certificate.toString()),
                List.of("-CAkey", key.toString(), "-CAcreateserial", "-extfile", extensions.toString()),
                List.of(
                        "-days",
                        String.valueOf(days),
                        "-out",
                        issued.certificate().toString()));
        return issued;
    }

    @SafeVarargs
    private static void openssl(List<String>... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        for (List<String> part : arguments) {
            command.addAll(part);
        }
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
