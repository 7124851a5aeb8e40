package dev.prescale.testing;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/** An OpenID Connect provider on loopback, as far as bearer tokens need one: it says where its keys are and which. */
public final class FakeProvider implements AutoCloseable {
    public static final String AUDIENCE = "prescale";

    private final KeyPair keys = newKeys();
    private final HttpServer server;

    public FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answer("/.well-known/openid-configuration", """
                {"issuer": "%1$s", "jwks_uri": "%1$s/keys"}""".formatted(url()));
        answer("/keys", """
                {"keys": [{"kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", "n": "%s", "e": "%s"}]}""".formatted(
                        encoded(((RSAPublicKey) keys.getPublic()).getModulus()),
                        encoded(((RSAPublicKey) keys.getPublic()).getPublicExponent())));
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token that lasts five minutes. */
    public String tokenOf(String user, String... groups) {
        return token(keys, user, AUDIENCE, Duration.ofMinutes(5), groups);
    }

    public String tokenForOthers(String user, String... groups) {
        return token(keys, user, "another", Duration.ofMinutes(5), groups);
    }

    public String expiredTokenOf(String user, String... groups) {
        return token(keys, user, AUDIENCE, Duration.ofHours(-1), groups);
    }

    /** One that names this provider's key and is signed by another. */
    public String forgedTokenOf(String user, String... groups) {
        return token(newKeys(), user, AUDIENCE, Duration.ofMinutes(5), groups);
    }

    private String token(KeyPair signer, String user, String audience, Duration validFor, String... groups) {
        return Jwt.issuer(url())
                .subject(user)
                .audience(audience)
                .groups(Set.copyOf(Arrays.asList(groups)))
                .expiresAt(System.currentTimeMillis() / 1000 + validFor.toSeconds())
                .jws()
                .keyId("one")
                .sign(signer.getPrivate());
    }

    private void answer(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
