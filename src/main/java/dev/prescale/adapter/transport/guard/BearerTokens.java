package dev.prescale.adapter.transport.guard;

import dev.prescale.config.Settings;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Who the bearer of a static token is. It is asked before the mechanism of an OpenID Connect provider, and knows nobody where there are no
 * static tokens. A token that is nobody's is as good as none.
 */
@Singleton
class BearerTokens implements HttpAuthenticationMechanism {
    /** Before the provider's. */
    private static final int FIRST = HttpAuthenticationMechanism.DEFAULT_PRIORITY + 1_000;

    private final TokenBoard board;

    BearerTokens(Settings settings) {
        this.board = new TokenBoard(settings.access(), System::nanoTime);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        return Uni.createFrom()
                .item(
                        board.hasTokens()
                                ? Challenge.tokenOf(context.request())
                                        .flatMap(board::roleOf)
                                        .map(BearerTokens::identity)
                                        .orElse(null)
                                : null);
    }

    private static SecurityIdentity identity(Role role) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(role.bearer()))
                .addRole(role.wireName())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(401, "WWW-Authenticate", Challenge.headerFor(context.request())));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Challenge.send(context.request());
        return Uni.createFrom().item(true);
    }

    @Override
    public int getPriority() {
        return FIRST;
    }
}
