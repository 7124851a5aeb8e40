package dev.prescale.adapter.transport.guard;

import dev.prescale.adapter.transport.GrpcRequests;
import dev.prescale.adapter.transport.PlainProblem;
import io.grpc.Status;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** What whoever is not known is told, whichever mechanism does not know them. */
final class Challenge {
    private static final String SCHEME = "Bearer";
    private static final String SCHEME_AND_BLANK = SCHEME + " ";

    private Challenge() {}

    /** The bearer token that a request shows; empty for none. */
    static Optional<String> tokenOf(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME_AND_BLANK, 0, SCHEME_AND_BLANK.length()))
                .map(header -> header.substring(SCHEME_AND_BLANK.length()).strip());
    }

    /** RFC 6750, 3: nothing more is said to who has shown no token. */
    static String headerFor(HttpServerRequest request) {
        return tokenOf(request).isPresent() ? SCHEME + " error=\"invalid_token\"" : SCHEME;
    }

    static void send(HttpServerRequest request) {
        String sentence = tokenOf(request).isPresent()
                ? "The bearer token is not, or no longer, valid here."
                : "This needs a bearer token, in the header Authorization.";
        if (request.response().ended()) {
            return;
        }
        if (GrpcRequests.isOne(request)) {
            GrpcRequests.refuse(request, Status.Code.UNAUTHENTICATED, sentence);
        } else {
            request.response().putHeader("www-authenticate", headerFor(request));
            PlainProblem.send(request, 401, sentence);
        }
    }
}
