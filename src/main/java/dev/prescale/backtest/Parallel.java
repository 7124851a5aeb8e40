package dev.prescale.backtest;

import java.util.List;
import java.util.function.Supplier;

/** Port: work that does not depend on each other, done side by side where there are processors. */
@FunctionalInterface
public interface Parallel {
    /** One after another. */
    Parallel IN_TURN = new Parallel() {
        @Override
        public <T> List<T> run(List<Supplier<T>> tasks) {
            return tasks.stream().map(Supplier::get).toList();
        }
    };

    /** What came of each task, in their order. A fault of one is thrown once all have ended. */
    <T> List<T> run(List<Supplier<T>> tasks);
}
