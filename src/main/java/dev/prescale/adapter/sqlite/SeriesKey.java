package dev.prescale.adapter.sqlite;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What tells one stored series from another. */
public record SeriesKey(String measurement, SortedMap<String, String> tags, String field) {
    public SeriesKey {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    public SeriesKey(String measurement, Map<String, String> tags, String field) {
        this(measurement, new TreeMap<>(tags), field);
    }
}
