package dev.prescale.adapter.externalmetrics;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * Whose certificates are believed.
 *
 * @param frontProxies issuers of the certificates of API servers that speak for others
 * @param allowedNames common names of those; empty for any
 * @param clients issuers of users' own certificates
 */
record ClientTrust(
        Set<X509Certificate> frontProxies, Set<String> allowedNames, Headers headers, Set<X509Certificate> clients) {
    /** The headers in which a front proxy says whom it speaks for. */
    record Headers(List<String> user, List<String> uid, List<String> group, List<String> extraPrefixes) {
        static final Headers USUAL = new Headers(
                List.of("X-Remote-User"),
                List.of("X-Remote-Uid"),
                List.of("X-Remote-Group"),
                List.of("X-Remote-Extra-"));

        Headers {
            user = List.copyOf(user);
            uid = List.copyOf(uid);
            group = List.copyOf(group);
            extraPrefixes = List.copyOf(extraPrefixes);
        }
    }

    ClientTrust {
        frontProxies = Set.copyOf(frontProxies);
        allowedNames = Set.copyOf(allowedNames);
        clients = Set.copyOf(clients);
    }
}
