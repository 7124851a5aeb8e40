package dev.prescale.adapter.transport.guard;

import dev.prescale.adapter.transport.GrpcRequests;
import dev.prescale.adapter.transport.PlainProblem;
import dev.prescale.config.Settings;
import io.grpc.Status;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Who the bearer of a static token is, and what whoever is not known is told, by an OpenID Connect provider too: this one is asked before
 * the provider's, and knows nobody where there are no static tokens. A token that is nobody's is as good as none.
 */
@Singleton
class BearerTokens implements HttpAuthenticationMechanism {
    /** Before the provider's. */
    private static final int FIRST = HttpAuthenticationMechanism.DEFAULT_PRIORITY + 1_000;

    private static final String SCHEME = "Bearer";
    private static final String SCHEME_AND_BLANK = SCHEME + " ";

    private final TokenBoard board;

    BearerTokens(Settings settings) {
        this.board = new TokenBoard(settings.access(), System::nanoTime);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        return Uni.createFrom()
                .item(
                        board.hasTokens()
                                ? tokenOf(context.request())
                                        .flatMap(board::roleOf)
                                        .map(BearerTokens::identity)
                                        .orElse(null)
                                : null);
    }

    private static Optional<String> tokenOf(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME_AND_BLANK, 0, SCHEME_AND_BLANK.length()))
                .map(header -> header.substring(SCHEME_AND_BLANK.length()).strip());
    }

    private static SecurityIdentity identity(Role role) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(role.bearer()))
                .addRole(role.wireName())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", challenge(context.request())));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        HttpServerRequest request = context.request();
        String sentence = showsToken(request)
                ? "The bearer token is not, or no longer, valid here."
                : "This needs a bearer token, in the header Authorization.";
        if (GrpcRequests.isOne(request)) {
            GrpcRequests.refuse(request, Status.Code.UNAUTHENTICATED, sentence);
        } else {
            request.response().putHeader("www-authenticate", challenge(request));
            PlainProblem.send(request, 401, sentence);
        }
        return Uni.createFrom().item(true);
    }

    /** RFC 6750, 3: nothing more is said to who has shown no token. */
    private static String challenge(HttpServerRequest request) {
        return showsToken(request) ? SCHEME + " error=\"invalid_token\"" : SCHEME;
    }

    private static boolean showsToken(HttpServerRequest request) {
        return tokenOf(request).isPresent();
    }

    @Override
    public int getPriority() {
        return FIRST;
    }
}
