package dev.prescale.adapter.externalmetrics;

import static dev.prescale.testing.Snapshots.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.testing.Authority;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatorTest {
    private static final Authority FRONT_PROXY = Authority.of("front-proxy-ca", NOON);
    private static final Authority CLUSTER = Authority.of("cluster-ca", NOON);
    private static final Authority STRANGER = Authority.of("front-proxy-ca", NOON);
    private static final Instant YESTERDAY = NOON.minus(Duration.ofHours(20));
    private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));

    private final FakeCluster cluster = new FakeCluster();
    private final Map<String, List<String>> headers = new HashMap<>();

    @Test
    void aFrontProxyNamesWhomItSpeaksFor() {
        headers.put("x-remote-user", List.of("ann"));
        headers.put("x-remote-uid", List.of("17"));
        headers.put("x-remote-group", List.of("team", "system:masters"));
        headers.put("x-remote-extra-scopes%2fone", List.of("a", "b"));

        assertThat(caller(FRONT_PROXY.client("CN=front-proxy-client", YESTERDAY, TOMORROW)))
                .isEqualTo(new Caller(
                        "ann",
                        "17",
                        List.of("team", "system:masters", "system:authenticated"),
                        Map.of("scopes/one", List.of("a", "b"))));
    }

    @Test
    void whomItSpeaksForMayBeNobodyInParticular() {
        headers.put("x-remote-user", List.of("system:anonymous"));
        headers.put("x-remote-group", List.of("system:unauthenticated"));

        assertThat(caller(FRONT_PROXY.client("CN=front-proxy-client", YESTERDAY, TOMORROW))
                        .groups())
                .containsExactly("system:unauthenticated");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            none     | there is no certificate and no token
            expired  | the client certificate has expired at 2024-01-01T11:00:00Z
            early    | the client certificate holds from 2024-01-01T13:00:00Z on
            stranger | the client certificate is of an unknown issuer
            name     | "someone" is none of the names that a front proxy may have
            server   | the certificate is not one for clients
            """)
    void headersWithoutItsCertificateAreNotBelieved(String which, String fault) {
        headers.put("x-remote-user", List.of("admin"));
        headers.put("x-remote-group", List.of("system:masters"));
        List<X509Certificate> chain =
                switch (which) {
                    case "none" -> List.of();
                    case "expired" -> List.of(front(YESTERDAY, NOON.minusSeconds(3600)));
                    case "early" -> List.of(front(NOON.plusSeconds(3600), TOMORROW));
                    case "stranger" ->
                        List.of(STRANGER.client("CN=front-proxy-client", YESTERDAY, TOMORROW)
                                .certificate());
                    case "name" ->
                        List.of(FRONT_PROXY
                                .client("CN=someone", YESTERDAY, TOMORROW)
                                .certificate());
                    default ->
                        List.of(FRONT_PROXY
                                .server("CN=front-proxy-client", YESTERDAY, TOMORROW)
                                .certificate());
                };

        assertThatThrownBy(() -> caller(chain))
                .isInstanceOfSatisfying(
                        ApiFault.class, refused -> assertThat(refused.code()).isEqualTo(401))
                .hasMessage("It is not known who asks: %s.", fault);
    }

    @Test
    void anAuthorityThatHasExpiredIsNoneAnyMore() {
        headers.put("x-remote-user", List.of("ann"));
        List<X509Certificate> chain = List.of(front(YESTERDAY, NOON.plus(Duration.ofDays(400))));
        Instant later = NOON.plus(Duration.ofDays(31));

        assertThatThrownBy(() -> authenticator(trust()).caller(question(chain), later))
                .hasMessageContaining("of an unknown issuer");
    }

    @Test
    void aUserHasACertificateOfItsOwn() {
        headers.put("x-remote-user", List.of("admin"));

        assertThat(caller(CLUSTER.client("CN=ann,O=team,O=night", YESTERDAY, TOMORROW)))
                .isEqualTo(new Caller("ann", "", List.of("team", "night", "system:authenticated"), Map.of()));
    }

    @Test
    void aTokenIsLookedUp() {
        cluster.owners.put("s3cret", new Caller("bob", "", List.of(), Map.of()));
        headers.put("authorization", List.of("bearer s3cret"));

        assertThat(caller(List.of()).name()).isEqualTo("bob");
        assertThat(caller(List.of(front(YESTERDAY, NOON.minusSeconds(1)))).name())
                .isEqualTo("bob");

        headers.put("authorization", List.of("Bearer other"));
        assertThatThrownBy(() -> caller(List.of()))
                .hasMessage("It is not known who asks: the bearer token is nobody's.");
        headers.put("authorization", List.of("Basic YTpi"));
        assertThatThrownBy(() -> caller(List.of())).hasMessageContaining("no certificate and no token");
    }

    @Test
    void withoutTheClusterNobodyIsLetIn() {
        cluster.isAway = true;
        headers.put("authorization", List.of("Bearer s3cret"));

        assertThatThrownBy(() -> caller(List.of()))
                .isInstanceOfSatisfying(
                        ApiFault.class, refused -> assertThat(refused.code()).isEqualTo(503))
                .hasMessageContaining("does not answer");
    }

    @Test
    void untilIssuersAreKnownACertificateCannotBeJudged() {
        TrustBoard unread = new TrustBoard(() -> {
            throw new TrustSource.Unreadable("the Kubernetes API server does not answer");
        });
        unread.refresh();

        assertThatThrownBy(() -> authenticator(unread).caller(question(List.of(front(YESTERDAY, TOMORROW))), NOON))
                .isInstanceOfSatisfying(
                        ApiFault.class, refused -> assertThat(refused.code()).isEqualTo(503))
                .hasMessage("Whose certificates to believe is not known: the Kubernetes API server does not answer.");
    }

    private static X509Certificate front(Instant from, Instant to) {
        return FRONT_PROXY.client("CN=front-proxy-client", from, to).certificate();
    }

    private Caller caller(Authority.Issued issued) {
        return caller(List.of(issued.certificate()));
    }

    private Caller caller(List<X509Certificate> chain) {
        return authenticator(trust()).caller(question(chain), NOON);
    }

    private Question question(List<X509Certificate> chain) {
        return new Question("GET", "/apis", Map.of(), headers, chain);
    }

    private Authenticator authenticator(TrustBoard board) {
        return new Authenticator(board, cluster);
    }

    /** What a kube-apiserver writes. */
    private static TrustBoard trust() {
        TrustBoard board = new TrustBoard(() -> TrustSources.ofData(Map.of(
                "client-ca-file", CLUSTER.pem(),
                "requestheader-client-ca-file", FRONT_PROXY.pem(),
                "requestheader-allowed-names", "[\"front-proxy-client\"]",
                "requestheader-username-headers", "[\"X-Remote-User\"]",
                "requestheader-uid-headers", "[\"X-Remote-Uid\"]",
                "requestheader-group-headers", "[\"X-Remote-Group\"]",
                "requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")));
        board.refresh();
        return board;
    }
}
