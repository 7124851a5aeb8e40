package dev.prescale.adapter.influx;

import java.util.List;

/**
 * One row of an answer.
 *
 * @param tagSet values in the order of the source's tag keys
 * @param epochSecond start of the step, or any instant in it
 * @param total of the step's values, or one mean
 * @param samples how many values are behind the total; a row may bring only the one or the other
 */
record Row(List<String> tagSet, long epochSecond, double total, double samples) {
    /** Takes the rows of one answer, in the order they come. */
    interface Sink {
        /** Takes nothing: for queries that only need to work, whatever they answer. */
        Sink NONE = new Sink() {
            @Override
            public void add(Row row) {}

            @Override
            public void beginSeries() {}
        };

        void add(Row row);

        /** A series begins; called before its first row. */
        void beginSeries();
    }
}
