package dev.prescale.adapter.transport;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** A fault (RFC 9457) that is answered before anything of the API is asked. */
public final class PlainProblem {
    private static final String MEDIA_TYPE = "application/problem+json";

    private PlainProblem() {}

    /** Ends the request; whatever of its body is still to come is thrown away. */
    public static void send(HttpServerRequest request, int status, String detail) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        request.resume();
        response.setStatusCode(status)
                .putHeader("content-type", MEDIA_TYPE)
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                        .put("status", status)
                        .put("detail", detail)
                        .encode());
    }
}
