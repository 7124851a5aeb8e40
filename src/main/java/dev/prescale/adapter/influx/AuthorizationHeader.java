package dev.prescale.adapter.influx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Puts the token of the moment on every request. The client's own authentication holds one token for life, and none of
 * its modes works with servers 1.x, which take HTTP Basic only.
 */
final class AuthorizationHeader implements Interceptor {
    private final InfluxDialect dialect;
    private final Supplier<String> token;

    AuthorizationHeader(InfluxSettings settings) {
        this.dialect = settings.dialect();
        this.token = settings.token();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        String secret = currentToken();
        Request request = chain.request();
        return chain.proceed(
                secret.isEmpty()
                        ? request
                        : request.newBuilder()
                                .header("Authorization", valueOf(secret))
                                .build());
    }

    private String currentToken() throws TokenUnavailable {
        try {
            return token.get().strip();
        } catch (RuntimeException e) {
            throw new TokenUnavailable(e);
        }
    }

    private String valueOf(String secret) {
        int colon = secret.indexOf(':');
        return dialect == InfluxDialect.INFLUXQL && colon >= 0
                ? Credentials.basic(secret.substring(0, colon), secret.substring(colon + 1), StandardCharsets.UTF_8)
                : "Token " + secret;
    }

    /** The token could not be had; the cause may name a path, so it is not shown to users. */
    static final class TokenUnavailable extends IOException {
        TokenUnavailable(RuntimeException cause) {
            super(cause);
        }
    }
}
