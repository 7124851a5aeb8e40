package dev.prescale.datasets;

import java.time.Instant;
import java.util.List;

/**
 * Requests per minute for {@link #DAYS} days from {@link #START}, one column per name; the first column is the total.
 *
 * @param name of the file, without its ending
 */
record GeneratedTrace(String name, List<String> columns, List<long[]> minutes) {
    /** A Monday, four weeks before Berlin's clocks go forward. The same for every trace, so that they replay side by side. */
    static final Instant START = Instant.parse("2024-03-04T00:00:00Z");

    static final int DAYS = 42;
    static final int MINUTES_PER_DAY = 1440;
    static final int MINUTES = DAYS * MINUTES_PER_DAY;

    /** A minute that was not recorded: it has no row. */
    static final long MISSING = -1;

    static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }

    /** Index of a time of a day, counted from 0. */
    static int minuteOf(int day, int hour, int minute) {
        return (day * 24 + hour) * 60 + minute;
    }

    String csv() {
        StringBuilder csv = new StringBuilder("timestamp,")
                .append(String.join(",", columns))
                .append('\n');
        for (int m = 0; m < minutes.size(); m++) {
            long[] row = minutes.get(m);
            if (row[0] == MISSING) {
                continue;
            }
            csv.append(at(m));
            for (long count : row) {
                csv.append(',').append(count);
            }
            csv.append('\n');
        }
        return csv.toString();
    }
}
