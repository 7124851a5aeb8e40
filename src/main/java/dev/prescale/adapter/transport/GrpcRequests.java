package dev.prescale.adapter.transport;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** gRPC as HTTP/2 sees it. */
public final class GrpcRequests {
    private static final String CONTENT_TYPE = "application/grpc";

    private GrpcRequests() {}

    public static boolean isOne(HttpServerRequest request) {
        String type = request.getHeader("content-type");
        return request.version() == HttpVersion.HTTP_2 && type != null && type.startsWith(CONTENT_TYPE);
    }

    /** Ends a call with a status, as an answer of nothing but headers. */
    public static void refuse(HttpServerRequest request, io.grpc.Status.Code code, String sentence) {
        HttpServerResponse response = request.response();
        response.setStatusCode(200)
                .putHeader("content-type", CONTENT_TYPE)
                .putHeader("grpc-status", Integer.toString(code.value()))
                // percent-encoded, where a space must not be a plus
                .putHeader(
                        "grpc-message",
                        URLEncoder.encode(sentence, StandardCharsets.UTF_8).replace("+", "%20"))
                .end();
    }
}
