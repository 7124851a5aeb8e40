package dev.prescale.adapter.keda;

import dev.prescale.config.Violation;
import io.grpc.Status;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a call comes to: an answer, or a status with a sentence that the caller's retry logic understands. */
sealed interface Answer<T> {
    /** Faults beyond these are counted only: the sentence travels in a header. */
    int MOST_FAULTS = 8;

    record Given<T>(T value) implements Answer<T> {}

    /** @param status never OK, with a sentence */
    record Refused<T>(Status status) implements Answer<T> {}

    /** The same refusal where there is one, else what comes of the value. */
    default <U> Answer<U> then(Function<T, Answer<U>> next) {
        return switch (this) {
            case Given<T>(T value) -> next.apply(value);
            case Refused<T>(Status status) -> new Refused<>(status);
        };
    }

    static <T> Answer<T> refused(Status status, String sentence) {
        return new Refused<>(status.withDescription(sentence));
    }

    /** The caller's own fault: asking the same again does not help. */
    static <T> Answer<T> invalid(List<Violation> faults) {
        String sentence =
                faults.stream().limit(MOST_FAULTS).map(Violation::toString).collect(Collectors.joining("; "));
        int left = faults.size() - MOST_FAULTS;
        return refused(
                Status.INVALID_ARGUMENT, left > 0 ? "%s; and %d more faults".formatted(sentence, left) : sentence);
    }
}
