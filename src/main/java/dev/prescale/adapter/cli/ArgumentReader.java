package dev.prescale.adapter.cli;

import dev.prescale.backtest.CapacityMix.Prices;
import dev.prescale.config.Durations;
import dev.prescale.config.Moment;
import dev.prescale.config.NearestName;
import dev.prescale.config.PriceReader;
import dev.prescale.config.ReadResult;
import dev.prescale.control.EndpointId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the texts of options and collects what is wrong with them, so that a user is told all of it at once. */
final class ArgumentReader {
    private final List<String> faults = new ArrayList<>();

    void fault(String sentence) {
        faults.add(sentence);
    }

    /** Throws where anything was wrong. */
    void requireSound() {
        if (!faults.isEmpty()) {
            throw CommandFault.badInput(String.join(System.lineSeparator() + "  ", faults));
        }
    }

    /**
     * An endpoint; a placeholder, with a fault, where it is none.
     *
     * @param name what a fault calls it
     */
    EndpointId endpoint(String name, String text) {
        return EndpointId.read(text).orElseGet(() -> {
            fault("%s must be namespace/name such as shop/web, was '%s'".formatted(name, text));
            return new EndpointId("x", "x");
        });
    }

    Optional<Instant> instant(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
        } catch (DateTimeException wrong) {
            fault("%s must be an ISO-8601 instant such as 2024-01-29T08:00:00Z, was '%s'".formatted(option, text));
            return Optional.empty();
        }
    }

    /** An instant, or a time before the present such as {@code -28d}. */
    Optional<Moment> moment(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Optional<Moment> moment = Moment.parse(text);
        if (moment.isEmpty()) {
            fault(
                    "%s must be an ISO-8601 instant such as 2024-01-29T08:00:00Z, or a time before now such as -28d, was '%s'"
                            .formatted(option, text));
        }
        return moment;
    }

    /** A length of time as {@code 90s}, {@code 14d} or {@code PT3M}. */
    Optional<Duration> duration(String option, @Nullable String text, Duration least, Duration most) {
        if (text == null) {
            return Optional.empty();
        }
        Duration duration = Durations.parse(text.strip());
        if (duration != null && duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
            return Optional.of(duration);
        }
        fault("%s must be a duration from %s to %s, such as 90s, 14d or PT3M, was '%s'"
                .formatted(option, Durations.format(least), Durations.format(most), text));
        return Optional.empty();
    }

    Optional<Long> wholeNumber(String option, @Nullable String text, long least, long most) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.matches("\\d{1,18}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Optional.of(Long.parseLong(text));
        }
        fault("%s must be a whole number from %d to %d, was '%s'".formatted(option, least, most, text));
        return Optional.empty();
    }

    /** One of a few words; the first of them, with a fault, where it is none. */
    String word(String option, String text, List<String> words) {
        if (words.contains(text)) {
            return text;
        }
        String near = NearestName.of(text, words)
                .map(nearest -> "; did you mean %s?".formatted(nearest))
                .orElse("");
        fault("%s must be %s, was '%s'%s".formatted(option, String.join(" or ", words), text, near));
        return words.getFirst();
    }

    Optional<ZoneId> timeZone(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(text.strip()));
        } catch (DateTimeException unknown) {
            fault("%s must be a time zone such as Europe/Berlin, was '%s'".formatted(option, text));
            return Optional.empty();
        }
    }

    /** Prices as {@code onDemand=1,reserved=0.6}; a fault names the key as {@code --prices reserved}. */
    Optional<Prices> prices(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (PriceReader.readText(text)) {
            case ReadResult.Valid<Prices> valid -> Optional.of(valid.value());
            case ReadResult.Invalid<Prices> invalid -> {
                invalid.violations()
                        .forEach(violation -> fault(violation
                                .toString()
                                .replaceFirst("^prices\\.?", option + " ")
                                .replace("  ", " ")));
                yield Optional.empty();
            }
        };
    }
}
