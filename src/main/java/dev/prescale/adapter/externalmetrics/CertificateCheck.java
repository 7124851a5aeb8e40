package dev.prescale.adapter.externalmetrics;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whether a client's certificate was issued by one of some authorities, holds now, and is one for clients. */
final class CertificateCheck {
    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final String FOR_ANYTHING = "2.5.29.37.0";

    private CertificateCheck() {}

    /**
     * Why it is not believed; empty where it is.
     *
     * @param chain the client's own certificate first, perhaps followed by those between it and an issuer
     */
    static Optional<String> fault(List<X509Certificate> chain, Set<X509Certificate> issuers, Instant now) {
        X509Certificate own = chain.getFirst();
        if (now.isAfter(own.getNotAfter().toInstant())) {
            return Optional.of(
                    "the client certificate has expired at " + own.getNotAfter().toInstant());
        }
        if (now.isBefore(own.getNotBefore().toInstant())) {
            return Optional.of(
                    "the client certificate holds from " + own.getNotBefore().toInstant() + " on");
        }
        if (!isForClients(own)) {
            return Optional.of("the certificate is not one for clients");
        }
        Set<TrustAnchor> anchors = issuers.stream()
                .filter(issuer -> !now.isAfter(issuer.getNotAfter().toInstant())
                        && !now.isBefore(issuer.getNotBefore().toInstant()))
                .map(issuer -> new TrustAnchor(issuer, null))
                .collect(Collectors.toSet());
        return !anchors.isEmpty() && hasPath(chain, anchors, now)
                ? Optional.empty()
                : Optional.of("the client certificate is of an unknown issuer");
    }

    private static boolean isForClients(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null || uses.contains(FOR_CLIENTS) || uses.contains(FOR_ANYTHING);
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    private static boolean hasPath(List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant now) {
        try {
            X509CertSelector own = new X509CertSelector();
            own.setCertificate(chain.getFirst());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, own);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            // as Kubernetes' servers: whoever is to be locked out loses the right, or the authority is replaced
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (CertPathBuilderException | InvalidAlgorithmParameterException none) {
            return false;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has PKIX", missing);
        }
    }

    /** Empty where there is none; of several the last one, as Kubernetes takes it. */
    static String commonName(X509Certificate certificate) {
        List<String> names = subject(certificate, "CN");
        return names.isEmpty() ? "" : names.getLast();
    }

    static List<String> organizations(X509Certificate certificate) {
        return subject(certificate, "O");
    }

    private static List<String> subject(X509Certificate certificate, String type) {
        List<String> values = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                Attribute attribute = part.toAttributes().get(type);
                if (attribute != null) {
                    values.add(String.valueOf(attribute.get()));
                }
            }
        } catch (NamingException malformed) {
            return List.of();
        }
        return values;
    }
}
