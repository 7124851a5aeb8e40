package dev.prescale.adapter.influx;

import com.influxdb.client.QueryApi;
import com.influxdb.query.FluxRecord;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code /api/v2/query}, read row by row as it comes in. */
final class FluxConnection extends InfluxConnection {
    private final QueryApi queryApi;
    private final String org;
    private final Duration longestCall;

    FluxConnection(InfluxSettings settings) {
        super(settings, settings.timeouts().read());
        this.queryApi = client().getQueryApi();
        this.org = settings.org();
        this.longestCall = settings.timeouts().read();
    }

    @Override
    void rows(String bucket, String text, List<String> tagKeys, Row.Sink sink)
            throws InfluxFault, InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Rows rows = new Rows(tagKeys.size(), sink);
        queryApi.query(
                text,
                org,
                (cancellable, answer) -> {
                    if (done.isDone()) {
                        cancellable.cancel();
                    } else {
                        rows.accept(answer);
                    }
                },
                done::completeExceptionally,
                () -> done.complete(null));
        try {
            // The call's own time-out ends it first; this one is for a client that tells nobody.
            done.get(longestCall.plusSeconds(1).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw InfluxFault.of(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw InfluxFault.of(new SocketTimeoutException());
        } finally {
            done.cancel(false);
        }
    }

    /** Turns records into rows, and notices where a series begins. */
    private static final class Rows {
        private final int tagCount;
        private final Row.Sink sink;
        private String seriesBefore = "";

        Rows(int tagCount, Row.Sink sink) {
            this.tagCount = tagCount;
            this.sink = sink;
        }

        void accept(FluxRecord answer) {
            String result = String.valueOf(answer.getValueByKey("result"));
            String series = result + "/" + answer.getTable();
            if (!series.equals(seriesBefore)) {
                seriesBefore = series;
                sink.beginSeries();
            }
            Object value = answer.getValue();
            Instant time = answer.getTime();
            // An empty window is null. It is no sample.
            if (value instanceof Number number && time != null) {
                sink.add(row(tagSet(answer), time.getEpochSecond(), number.doubleValue(), result));
            }
        }

        private static Row row(List<String> tagSet, long epochSecond, double value, String result) {
            return switch (result) {
                case FluxText.TOTALS -> new Row(tagSet, epochSecond, value, 0);
                case FluxText.SAMPLES -> new Row(tagSet, epochSecond, 0, value);
                default -> new Row(tagSet, epochSecond, value, 1);
            };
        }

        private List<String> tagSet(FluxRecord answer) {
            List<String> tagSet = new ArrayList<>(tagCount);
            for (int k = 0; k < tagCount; k++) {
                tagSet.add(String.valueOf(answer.getValueByKey(FluxText.tagColumn(k))));
            }
            return tagSet;
        }
    }
}
