package dev.prescale.adapter.externalmetrics;

import dev.prescale.adapter.externalmetrics.ClientTrust.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, in the order of Kubernetes' own servers: 1. a front proxy, by its certificate, says it in headers; 2. a user's own
 * certificate; 3. a bearer token. Headers without that certificate are as good as not there.
 */
final class Authenticator {
    private static final String BEARER = "bearer ";

    private final TrustBoard board;
    private final AccessReviews reviews;

    Authenticator(TrustBoard board, AccessReviews reviews) {
        this.board = board;
        this.reviews = reviews;
    }

    /** @throws ApiFault where nobody can be told (401), or who it is cannot be found out now (503) */
    Caller caller(Question question, Instant now) {
        String fault = "";
        if (!question.certificates().isEmpty()) {
            ClientTrust trust = board.trust();
            List<X509Certificate> chain = question.certificates();
            Optional<String> unproxied = unproxied(chain, trust, now);
            Optional<Caller> named = unproxied.isEmpty() ? named(question, trust.headers()) : Optional.empty();
            if (named.isPresent()) {
                return named.get().amongAuthenticated();
            }
            Optional<String> unknown = CertificateCheck.fault(chain, trust.clients(), now);
            if (unknown.isEmpty()) {
                return ofCertificate(chain.getFirst()).amongAuthenticated();
            }
            fault = unproxied.orElse("the front proxy names no user");
        }
        String token = token(question);
        if (token != null) {
            Optional<Caller> owner = owner(token);
            if (owner.isPresent()) {
                return owner.get().amongAuthenticated();
            }
            fault = fault.isEmpty() ? "the bearer token is nobody's" : fault + ", and the bearer token is nobody's";
        }
        throw ApiFault.ofUnauthorized("It is not known who asks: %s."
                .formatted(fault.isEmpty() ? "there is no certificate and no token" : fault));
    }

    /** Why the certificate is not that of a front proxy; empty where it is. */
    private static Optional<String> unproxied(List<X509Certificate> chain, ClientTrust trust, Instant now) {
        Optional<String> fault = CertificateCheck.fault(chain, trust.frontProxies(), now);
        String name = CertificateCheck.commonName(chain.getFirst());
        if (fault.isPresent()
                || trust.allowedNames().isEmpty()
                || trust.allowedNames().contains(name)) {
            return fault;
        }
        return Optional.of("\"%s\" is none of the names that a front proxy may have".formatted(name));
    }

    /** Whom the front proxy names; empty where nobody. */
    private static Optional<Caller> named(Question question, Headers headers) {
        return first(question, headers.user())
                .map(name -> new Caller(
                        name,
                        first(question, headers.uid()).orElse(""),
                        headers.group().stream()
                                .flatMap(header -> question.header(header).stream())
                                .toList(),
                        extra(question, headers.extraPrefixes())));
    }

    private static Optional<String> first(Question question, List<String> headers) {
        return headers.stream()
                .flatMap(header -> question.header(header).stream())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static Map<String, List<String>> extra(Question question, List<String> prefixes) {
        Map<String, List<String>> extra = new HashMap<>();
        for (String prefix : prefixes) {
            String lower = prefix.toLowerCase(Locale.ROOT);
            question.headers().forEach((name, values) -> {
                if (name.startsWith(lower)) {
                    extra.put(decoded(name.substring(lower.length())), values);
                }
            });
        }
        return extra;
    }

    /** Keys may have characters that a header's name may not. */
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return key;
        }
    }

    private static Caller ofCertificate(X509Certificate certificate) {
        return new Caller(
                CertificateCheck.commonName(certificate), "", CertificateCheck.organizations(certificate), Map.of());
    }

    private static @Nullable String token(Question question) {
        return question.header("authorization").stream()
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private Optional<Caller> owner(String token) {
        try {
            return reviews.ownerOf(token);
        } catch (AccessReviews.Unanswered silence) {
            throw ApiFault.ofUnavailable(String.valueOf(silence.getMessage()));
        }
    }
}
