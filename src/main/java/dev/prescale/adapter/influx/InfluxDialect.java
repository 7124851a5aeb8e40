package dev.prescale.adapter.influx;

import java.util.Arrays;
import java.util.Optional;

/** The query language that is spoken to the server. */
public enum InfluxDialect {
    /** Servers 2.x, on {@code /api/v2/query}. */
    FLUX("flux"),
    /** Servers 1.x, 2.x and 3.x, on {@code /query}. */
    INFLUXQL("influxql");

    private final String wireName;

    InfluxDialect(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<InfluxDialect> named(String wireName) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.wireName.equals(wireName))
                .findFirst();
    }
}
