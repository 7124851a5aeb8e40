package dev.prescale.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What clients of REST may do whoever they are.
 *
 * @param requestsPerSecond of one address, over ten seconds or so; empty for no bound
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param trustedOrigins other sites whose pages may send what changes something, as browsers name them, in lower case
 * @param allowedHosts names under which requests are answered, in lower case; empty for any
 */
public record ClientRules(
        Optional<Integer> requestsPerSecond,
        List<AddressBlock> trustedProxies,
        List<String> trustedOrigins,
        List<String> allowedHosts) {
    private static final int MOST_REQUESTS_PER_SECOND = 1_000_000;
    private static final String OFF = "off";
    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9._-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:.]+](:[0-9]{1,5})?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9._-]+|\\[[0-9a-f:.]+]");

    private static final ValueType<Optional<Integer>> REQUESTS_PER_SECOND = new ValueType<>(
            "a whole number from 1 to %d, or off".formatted(MOST_REQUESTS_PER_SECOND),
            Optional.empty(),
            node -> isBound(node.asText()) ? bound(node.asText()) : null,
            most -> most.map(String::valueOf).orElse(OFF));

    static final Key<Optional<Integer>> RATE_LIMIT = Key.withDefault(
            "prescale.rate-limit",
            REQUESTS_PER_SECOND,
            Optional.of(2_000),
            "Requests per second of one client address (an IPv6 address counts by its /64), five times as many at once; beyond are"
                    + " answered 429. Health, metrics and gRPC are not counted. `off` for no bound.");
    static final Key<List<AddressBlock>> TRUSTED_PROXIES = Key.optional(
            "prescale.trusted-proxies",
            listOf(
                    "addresses or blocks such as 10.0.0.0/8, separated by commas",
                    text -> Optional.ofNullable(AddressBlock.parse(text))),
            "Proxies whose `X-Forwarded-For` tells the client's address; where left out that header is not looked at.");
    static final Key<List<String>> TRUSTED_ORIGINS = Key.optional(
            "prescale.trusted-origins",
            listOf("origins such as https://ops.example.com, separated by commas", text -> matching(ORIGIN, text)),
            "Sites, beside this one, whose pages may send what changes something; also this one's own, where a proxy changes `Host`.");
    static final Key<List<String>> ALLOWED_HOSTS = Key.optional(
            "prescale.allowed-hosts",
            listOf("host names without port, separated by commas", text -> matching(HOST, text)),
            "Names under which REST and the page are answered; others are refused, which stops DNS rebinding. Where left out any."
                    + " Health, metrics and gRPC are answered under any.");

    public ClientRules {
        trustedProxies = List.copyOf(trustedProxies);
        trustedOrigins = List.copyOf(trustedOrigins);
        allowedHosts = List.copyOf(allowedHosts);
    }

    static ClientRules read(ObjectReader reader) {
        return new ClientRules(
                reader.get(RATE_LIMIT),
                orNone(reader.find(TRUSTED_PROXIES)),
                orNone(reader.find(TRUSTED_ORIGINS)),
                orNone(reader.find(ALLOWED_HOSTS)));
    }

    private static <T> List<T> orNone(@Nullable List<T> found) {
        return found == null ? List.of() : found;
    }

    private static boolean isBound(String text) {
        return text.equals(OFF)
                || text.matches("[1-9][0-9]{0,6}") && Integer.parseInt(text) <= MOST_REQUESTS_PER_SECOND;
    }

    private static Optional<Integer> bound(String text) {
        return text.equals(OFF) ? Optional.empty() : Optional.of(Integer.parseInt(text));
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return pattern.matcher(lower).matches() ? Optional.of(lower) : Optional.empty();
    }

    private static <T> ValueType<List<T>> listOf(String description, Function<String, Optional<T>> parse) {
        return new ValueType<>(
                description,
                List.of(),
                node -> {
                    List<Optional<T>> parsed = Arrays.stream(node.asText().split(",", -1))
                            .map(text -> parse.apply(text.strip()))
                            .toList();
                    return parsed.stream().allMatch(Optional::isPresent)
                            ? parsed.stream().flatMap(Optional::stream).toList()
                            : null;
                },
                values -> values.stream().map(Object::toString).collect(Collectors.joining(",")));
    }
}
