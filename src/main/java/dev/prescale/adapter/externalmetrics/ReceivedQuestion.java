package dev.prescale.adapter.externalmetrics;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** A {@link Question} as it came over HTTP. */
final class ReceivedQuestion {
    private ReceivedQuestion() {}

    /** Whether it says that something follows its headers. */
    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    static Question of(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        return new Question(
                request.method().name(),
                path,
                texts(request.params(), name -> name),
                texts(request.headers(), name -> name.toLowerCase(Locale.ROOT)),
                certificates(request.sslSession()));
    }

    private static Map<String, List<String>> texts(MultiMap entries, Function<String, String> key) {
        Map<String, List<String>> texts = new HashMap<>();
        for (Map.Entry<String, String> entry : entries) {
            texts.computeIfAbsent(key.apply(entry.getKey()), name -> new ArrayList<>())
                    .add(entry.getValue());
        }
        return texts;
    }

    private static List<X509Certificate> certificates(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }
}
