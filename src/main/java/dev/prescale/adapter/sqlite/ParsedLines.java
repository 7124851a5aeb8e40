package dev.prescale.adapter.sqlite;

import java.util.List;

/**
 * What a text in line protocol holds.
 *
 * @param goodLines in their order
 * @param badLines those that were refused
 */
record ParsedLines(List<GoodLine> goodLines, BadLines badLines) {
    ParsedLines {
        goodLines = List.copyOf(goodLines);
    }

    /**
     * @param number place in the text, from 1
     * @param samples one per numeric field, none where the line has only others
     */
    record GoodLine(int number, String text, List<LineSample> samples) {
        GoodLine {
            samples = List.copyOf(samples);
        }
    }
}
