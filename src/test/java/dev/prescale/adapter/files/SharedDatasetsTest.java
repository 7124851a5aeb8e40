package dev.prescale.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.prescale.adapter.files.CsvTrace.Format;
import dev.prescale.adapter.files.CsvTrace.Trace;
import dev.prescale.series.RateSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real request rates, where they lie beside the checkout. */
class SharedDatasetsTest {
    private static final Path DATASETS = Path.of("../shared/datasets");

    @BeforeEach
    void needsTheDatasets() {
        assumeThat(DATASETS)
                .as("not run: there are no real traces in ../shared/datasets")
                .isDirectory();
    }

    /** Rows and steps as the set's index tells them. */
    @ParameterizedTest
    @CsvSource({
        "worldcup98_60s, 60, 125300, 1998-04-30T21:30:00Z",
        "nasa_http_60s, 60, 82067, 1995-07-01T04:00:00Z",
        "nab_tweets_aapl_300s, 300, 15902, 2015-02-26T21:42:53Z",
        "nab_elb_request_count_300s, 300, 4032, 2014-04-10T00:04:00Z",
        "interstate_traffic_volume_3600s, 3600, 40575, 2012-10-02T09:00:00Z",
        "servegen_m_large_total_600s, 600, 2016, 2024-01-01T00:00:00Z"
    })
    void aTraceHasTheStepAndTheRowsOfTheIndex(String name, int stepSeconds, int rows, String start) {
        RateSeries series = series(DATASETS.resolve(name + ".csv"));
        assertThat(series.step().seconds()).isEqualTo(stepSeconds);
        assertThat(series.start()).hasToString(start);
        assertThat(series.size() - series.gaps()).isEqualTo(rows);
    }

    @Test
    void everyTraceOfACountPerIntervalIsRead() throws IOException {
        List<Path> traces;
        try (Stream<Path> files = Files.walk(DATASETS)) {
            traces = files.filter(file -> file.toString().matches(".*_\\d+s\\.csv"))
                    .toList();
        }
        assertThat(traces).hasSizeGreaterThan(40).allSatisfy(file -> {
            String stepInName = file.toString().replaceAll(".*_(\\d+)s\\.csv", "$1");
            assertThat(series(file).step().seconds()).isEqualTo(Integer.parseInt(stepInName));
        });
    }

    private static RateSeries series(Path file) {
        assertThat(CsvTrace.read(file, Format.COUNTS)).as(file.toString()).isInstanceOf(Trace.class);
        return ((Trace) CsvTrace.read(file, Format.COUNTS)).series();
    }
}
