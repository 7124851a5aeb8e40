package dev.prescale.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests, which issues whatever is asked of it: expired ones too. */
public final class Authority {
    private static final Duration DAY = Duration.ofDays(1);
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /** A certificate and its key. */
    public record Issued(X509Certificate certificate, PrivateKey key) {
        public String pem() {
            return block("CERTIFICATE", encoded(certificate));
        }

        public String keyPem() {
            return block("PRIVATE KEY", key.getEncoded());
        }

        /** Writes {@code NAME.crt} and {@code NAME.key}. */
        public Issued write(Path folder, String name) {
            try {
                Files.writeString(folder.resolve(name + ".crt"), pem());
                Files.writeString(folder.resolve(name + ".key"), keyPem());
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Authority(String name, Instant now) {
        this.name = new X500Name("CN=" + name);
        this.keys = newKeys();
        this.certificate = issue(this.name, keys, now.minus(DAY), now.plus(DAY.multipliedBy(30)), List.of());
    }

    /** One whose own certificate holds from a day before to 30 days after a moment. */
    public static Authority of(String name, Instant now) {
        return new Authority(name, now);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String pem() {
        return block("CERTIFICATE", encoded(certificate));
    }

    /**
     * For a client.
     *
     * @param subject such as {@code CN=front-proxy-client} or {@code CN=ann,O=team}
     */
    public Issued client(String subject, Instant from, Instant to) {
        return issued(subject, from, to, List.of(), KeyPurposeId.id_kp_clientAuth);
    }

    /** For a server on this machine, under the name localhost. */
    public Issued server(String subject, Instant from, Instant to) {
        return issued(subject, from, to, List.of("prescale.prescale.svc"), KeyPurposeId.id_kp_serverAuth);
    }

    /**
     * For a client that is a server on this machine too.
     *
     * @param hosts beside localhost
     */
    public Issued forBoth(String subject, Instant from, Instant to, String... hosts) {
        return issued(subject, from, to, List.of(hosts), KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
    }

    private Issued issued(String subject, Instant from, Instant to, List<String> hosts, KeyPurposeId... purposes) {
        KeyPair own = newKeys();
        return new Issued(issue(new X500Name(subject), own, from, to, hosts, purposes), own.getPrivate());
    }

    /** @param purposes none for the authority itself */
    private X509Certificate issue(
            X500Name subject, KeyPair own, Instant from, Instant to, List<String> hosts, KeyPurposeId... purposes) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(to),
                    subject,
                    own.getPublic());
            if (purposes.length == 0) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            } else {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            }
            if (List.of(purposes).contains(KeyPurposeId.id_kp_serverAuth)) {
                List<GeneralName> names = new ArrayList<>();
                names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
                names.add(new GeneralName(GeneralName.dNSName, "localhost"));
                hosts.forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String block(String kind, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text);
    }
}
