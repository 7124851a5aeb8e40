package dev.prescale.adapter.rest;

import dev.prescale.config.NearestName;
import dev.prescale.config.Violation;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The query parameters of a request, read strictly: an unknown or repeated one is a fault, and every fault is collected
 * before {@link #throwIfInvalid} ends the request.
 */
final class QueryParameters {
    private final MultivaluedMap<String, String> values;
    private final List<Violation> violations = new ArrayList<>();

    private QueryParameters(MultivaluedMap<String, String> values) {
        this.values = values;
    }

    /** The parameters of a request that may have these names and no others. */
    static QueryParameters of(UriInfo uri, String... knownNames) {
        QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
        Set<String> known = new TreeSet<>(Arrays.asList(knownNames));
        parameters.values.forEach((name, given) -> {
            if (!known.contains(name)) {
                parameters.refuse(name, given.getFirst(), "is not a known parameter; known are " + known);
            } else if (given.size() > 1) {
                parameters.refuse(name, String.join(" ", given), "must be given once");
            }
        });
        return parameters;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.getFirst(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** An ISO-8601 instant, with {@code Z} or an offset. */
    Optional<Instant> instant(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException fault) {
                refuse(name, text, "must be an ISO-8601 instant such as 2024-01-01T00:00:00Z");
                return Optional.empty();
            }
        });
    }

    /** An ISO-8601 duration. */
    Optional<Duration> duration(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeException | ArithmeticException fault) {
                refuse(name, text, "must be an ISO-8601 duration such as PT5M");
                return Optional.empty();
            }
        });
    }

    /** A whole number in the range, which is also what the fallback stands for. */
    int integer(String name, int fallback, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException fault) {
            // refused below, as a number out of range is
        }
        refuse(name, text.get(), "must be a whole number from %d to %d".formatted(least, most));
        return fallback;
    }

    /** {@code true} or {@code false}, which is also what leaving it out stands for. */
    boolean flag(String name) {
        String text = text(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            refuse(name, text, "must be true or false");
        }
        return text.equals("true");
    }

    /** Names separated by commas, each one of the known; none where it is left out. */
    <T> Set<T> someOf(String name, Map<String, T> known) {
        Set<T> chosen = new LinkedHashSet<>();
        for (String typed : text(name).map(text -> text.split(",", -1)).orElse(new String[0])) {
            T value = known.get(typed.strip());
            if (value == null) {
                String hint = NearestName.of(typed.strip(), known.keySet())
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("known are " + String.join(", ", known.keySet()));
                refuse(name, typed, "has a name that is not known; " + hint);
            } else {
                chosen.add(value);
            }
        }
        return chosen;
    }

    /** A list of numbers, separated by commas. */
    Optional<double[]> numbers(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(Arrays.stream(text.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
            } catch (NumberFormatException fault) {
                refuse(name, text, "must be numbers separated by commas, such as 0.5,0.9,0.95");
                return Optional.empty();
            }
        });
    }

    void refuse(String name, String value, String message) {
        violations.add(new Violation(name, value, message));
    }

    /** Ends the request with a 422 problem where there was a fault. */
    void throwIfInvalid() {
        if (!violations.isEmpty()) {
            throw ProblemException.ofInvalidInput(violations);
        }
    }
}
