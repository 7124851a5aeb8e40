package dev.prescale.config;

import java.util.List;
import java.util.function.Supplier;

/** What reading an input came to. */
public sealed interface ReadResult<T> {
    /** The input has no fault. */
    record Valid<T>(T value) implements ReadResult<T> {}

    /** @param violations every fault, at least one */
    record Invalid<T>(List<Violation> violations) implements ReadResult<T> {
        public Invalid {
            violations = List.copyOf(violations);
        }
    }

    /** {@code value} where no fault was found, else the faults. */
    static <T> ReadResult<T> of(Violations violations, Supplier<T> value) {
        return violations.isEmpty() ? new Valid<>(value.get()) : new Invalid<>(violations.all());
    }
}
