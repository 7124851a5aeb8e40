package dev.prescale.config;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the InfluxDB that has the history. Neither {@link #toString} nor a fault shows the token, nor the URL's
 * user and password.
 *
 * @param url http or https with a host; may hold {@code user:password@}
 * @param token the token, read anew from its file each time, so that a rotated one is seen; empty for none. Throws
 *     {@link UncheckedIOException} where the file cannot be read
 * @param org organisation, empty with the dialect {@code influxql}
 * @param dialect {@code flux} or {@code influxql}
 */
public record InfluxServer(URI url, Supplier<String> token, String org, String dialect, Patience patience) {
    static final Key<String> URL = Key.optional(
            "prescale.influx.url",
            Secrets.TYPE,
            "InfluxDB server, http:// or https://; where left out the embedded store is the history.");
    static final Key<String> TOKEN =
            Key.optional("prescale.influx.token", Secrets.TYPE, "Token; `user:password` for 1.x. Or the file.");
    static final Key<String> TOKEN_FILE = Key.optional(
            "prescale.influx.token-file", ValueTypes.text(4_000), "File with the token, read before every request.");
    static final Key<String> ORG = Key.withDefault(
            "prescale.influx.org", ValueTypes.text(250), "", "Organisation; required with the dialect flux.");
    static final Key<String> DIALECT = Key.withDefault(
            "prescale.influx.dialect",
            ValueTypes.oneOf(text -> text, "flux", "influxql"),
            "flux",
            "flux for 2.x; influxql for 1.x, and for the /query endpoint of 2.x and 3.x.");
    private static final ValueType<Duration> TIMEOUT =
            ValueTypes.duration(Duration.ofMillis(100), Duration.ofMinutes(5));
    static final Key<Duration> CONNECT_TIMEOUT = Key.withDefault(
            "prescale.influx.connect-timeout", TIMEOUT, Duration.ofSeconds(2), "Until a connection stands.");
    static final Key<Duration> SILENCE_TIMEOUT = Key.withDefault(
            "prescale.influx.silence-timeout",
            TIMEOUT,
            Duration.ofSeconds(8),
            "Longest wait for the next byte of an answer.");
    static final Key<Duration> READ_TIMEOUT = Key.withDefault(
            "prescale.influx.read-timeout",
            TIMEOUT,
            Duration.ofSeconds(10),
            "Until a whole read, or a day of it, has answered.");
    static final Key<Integer> ATTEMPTS = Key.withDefault(
            "prescale.influx.attempts", ValueTypes.wholeNumber(1, 10), 3, "Of one request; 1 for no second try.");
    static final Key<Integer> BREAKER_FAILURES = Key.withDefault(
            "prescale.influx.breaker.failures",
            ValueTypes.wholeNumber(1, 1_000),
            6,
            "In a row, after which the server is left alone for a while.");
    static final Key<Duration> BREAKER_OPEN_FOR = Key.withDefault(
            "prescale.influx.breaker.open-for",
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            Duration.ofSeconds(30),
            "How long it is left alone.");

    /** How long a request may take, how often it is tried, and when the server is left alone. */
    public record Patience(
            Duration connectTimeout,
            Duration silenceTimeout,
            Duration readTimeout,
            int attempts,
            int breakerFailures,
            Duration breakerOpenFor) {}

    /** The server, null where none is set or its settings are faulty. */
    static @Nullable InfluxServer read(ObjectReader reader) {
        Patience patience = new Patience(
                reader.get(CONNECT_TIMEOUT),
                reader.get(SILENCE_TIMEOUT),
                reader.get(READ_TIMEOUT),
                reader.get(ATTEMPTS),
                reader.get(BREAKER_FAILURES),
                reader.get(BREAKER_OPEN_FOR));
        String dialect = reader.get(DIALECT);
        String org = reader.get(ORG);
        Supplier<String> token = token(reader);
        String url = reader.find(URL);
        if (url == null) {
            return null;
        }
        if (dialect.equals("flux") && org.isEmpty()) {
            reader.refuse(ORG, "is required with the dialect flux");
        }
        URI parsed = parsed(url);
        if (parsed == null) {
            // The text is not shown: it may hold a password.
            reader.violations().add(URL.name(), null, "must be http:// or https:// with a host");
            return null;
        }
        return new InfluxServer(parsed, token, org, dialect, patience);
    }

    private static @Nullable URI parsed(String url) {
        try {
            URI parsed = new URI(url);
            boolean isHttp =
                    "http".equalsIgnoreCase(parsed.getScheme()) || "https".equalsIgnoreCase(parsed.getScheme());
            return isHttp && parsed.getHost() != null ? parsed : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static Supplier<String> token(ObjectReader reader) {
        String token = reader.find(TOKEN);
        Path file = Secrets.file(reader, TOKEN, TOKEN_FILE);
        if (file == null) {
            String fixed = token == null ? "" : token;
            return () -> fixed;
        }
        return () -> Secrets.read(file);
    }

    /** Scheme, host and port; no secret. */
    @Override
    public String toString() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return "InfluxServer[%s://%s%s, org=%s, dialect=%s, %s]"
                .formatted(url.getScheme(), url.getHost(), port, org, dialect, patience);
    }
}
