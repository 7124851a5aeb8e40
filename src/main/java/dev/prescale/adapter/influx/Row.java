package dev.prescale.adapter.influx;

import java.util.List;
import java.util.Map;

/**
 * One row of an answer: a value of a step.
 *
 * @param series which series of the answer it belongs to: all its tags in InfluxQL, where rows of several statements meet,
 *     its table in Flux
 * @param tagSet values in the order of the source's tag keys
 * @param epochSecond start of the step, or any instant in it
 */
record Row(Series series, List<String> tagSet, long epochSecond, double value) {
    /** Names a series within one answer. */
    sealed interface Series {}

    record Table(String result, int number) implements Series {}

    record Tags(Map<String, String> values) implements Series {}

    /** Takes the rows of one answer, in the order they come. */
    @FunctionalInterface
    interface Sink {
        /** Takes nothing: for queries that only need to work, whatever they answer. */
        Sink NONE = row -> {};

        void add(Row row);
    }
}
