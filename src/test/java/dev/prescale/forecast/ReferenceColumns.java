package dev.prescale.forecast;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Columns of numbers of a CSV fixture beside the tests of this package; an empty cell is {@code NaN}. */
record ReferenceColumns(List<List<String>> rows) {
    static ReferenceColumns of(String file) {
        try (InputStream in = ReferenceColumns.class.getResourceAsStream(file)) {
            return new ReferenceColumns(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Arrays.asList(line.split(",", -1)))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double[] column(String name) {
        int index = rows.getFirst().indexOf(name);
        return rows.stream()
                .skip(1)
                .map(row -> row.get(index))
                .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                .toArray();
    }
}
