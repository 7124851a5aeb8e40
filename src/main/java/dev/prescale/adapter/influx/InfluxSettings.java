package dev.prescale.adapter.influx;

import dev.prescale.series.Require;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where an InfluxDB server is and how patient we are with it.
 *
 * @param url http or https, without user-info: use {@link #of} for a URL that may have one
 * @param token asked before every request, so that a rotated token is seen; {@code user:password} is sent as HTTP Basic
 *     with {@link InfluxDialect#INFLUXQL} (1.x knows nothing else), anything else as a token; empty for none. May throw
 *     {@link java.io.UncheckedIOException} where it cannot be had just now
 * @param org name of the organisation, for {@link InfluxDialect#FLUX}; empty otherwise
 */
public record InfluxSettings(
        URI url,
        Supplier<String> token,
        String org,
        InfluxDialect dialect,
        Timeouts timeouts,
        Retry retry,
        Breaker breaker) {
    public InfluxSettings {
        String scheme = url.getScheme();
        Require.that(
                ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) && url.getHost() != null,
                "the InfluxDB URL must be http:// or https:// with a host");
        Require.that(url.getRawUserInfo() == null, "the InfluxDB URL must not hold a user");
        Require.that(
                dialect != InfluxDialect.FLUX || !org.isBlank(), "the organisation must be given for the dialect flux");
    }

    /**
     * Settings with default patience. A {@code user:password@} in the URL is taken out of it and used instead of the
     * token. Throws {@link IllegalArgumentException} for a URL that is none; its message never shows the URL, which may
     * hold a password.
     */
    public static InfluxSettings of(String url, Supplier<String> token, String org, InfluxDialect dialect) {
        URI parsed = parse(url);
        String userInfo = parsed.getUserInfo();
        return new InfluxSettings(
                withoutUserInfo(parsed),
                userInfo == null ? token : () -> userInfo,
                org,
                dialect,
                Timeouts.DEFAULT,
                Retry.DEFAULT,
                Breaker.DEFAULT);
    }

    private static URI parse(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the InfluxDB URL cannot be read: " + e.getReason());
        }
    }

    private static URI withoutUserInfo(URI url) {
        try {
            return new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), url.getQuery(), null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the InfluxDB URL cannot be read: " + e.getReason());
        }
    }

    public InfluxSettings with(Timeouts other) {
        return new InfluxSettings(url, token, org, dialect, other, retry, breaker);
    }

    public InfluxSettings with(Retry other) {
        return new InfluxSettings(url, token, org, dialect, timeouts, other, breaker);
    }

    public InfluxSettings with(Breaker other) {
        return new InfluxSettings(url, token, org, dialect, timeouts, retry, other);
    }

    /** Scheme, host and port, for messages: no path, which may hold a secret. */
    String address() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** Without the token: this text goes into logs. */
    @Override
    public String toString() {
        return "InfluxSettings[url=%s, org=%s, dialect=%s, %s, %s, %s]"
                .formatted(address(), org, dialect.wireName(), timeouts, retry, breaker);
    }

    /**
     * @param connect until a connection stands
     * @param silence longest wait for the first byte of an answer, and between two
     * @param read until a whole read has answered; a read of several days has this time for each of them
     */
    public record Timeouts(Duration connect, Duration silence, Duration read) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(10));

        public Timeouts {
            Require.that(
                    connect.isPositive() && silence.isPositive() && read.isPositive(),
                    "InfluxDB time-outs must be > 0, were connect %s, silence %s, read %s",
                    connect,
                    silence,
                    read);
        }
    }

    /**
     * Failed requests are tried again after {@code firstDelay * 2^k}, at most {@code longestDelay}, of which a random
     * share is waited.
     *
     * @param attempts at all, 1 for no second try
     */
    public record Retry(int attempts, Duration firstDelay, Duration longestDelay) {
        public static final Retry DEFAULT = new Retry(3, Duration.ofMillis(200), Duration.ofSeconds(2));

        public Retry {
            Require.that(attempts >= 1 && attempts <= 10, "InfluxDB attempts must be 1 to 10, was %s", attempts);
            Require.that(
                    firstDelay.isPositive() && firstDelay.compareTo(longestDelay) <= 0,
                    "InfluxDB retry delays must be > 0 and rise, were %s and %s",
                    firstDelay,
                    longestDelay);
        }
    }

    /**
     * @param failures in a row after which the server is left alone
     * @param openFor for how long it is, before one request tries again
     */
    public record Breaker(int failures, Duration openFor) {
        public static final Breaker DEFAULT = new Breaker(6, Duration.ofSeconds(30));

        public Breaker {
            Require.that(failures >= 1, "InfluxDB breaker failures must be >= 1, was %s", failures);
            Require.that(openFor.isPositive(), "InfluxDB breaker must open for > 0, was %s", openFor);
        }
    }
}
