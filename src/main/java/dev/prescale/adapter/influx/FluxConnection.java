package dev.prescale.adapter.influx;

import com.influxdb.client.QueryApi;
import com.influxdb.query.FluxRecord;
import java.net.SocketTimeoutException;
import java.time.Duration;
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
        queryApi.query(
                text,
                org,
                (cancellable, answer) -> {
                    if (done.isDone()) {
                        cancellable.cancel();
                    } else {
                        add(answer, tagKeys.size(), sink);
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

    /** A record as a row; an empty window, whose value is null, is none. */
    private static void add(FluxRecord answer, int tagCount, Row.Sink sink) {
        if (answer.getValue() instanceof Number value && answer.getTime() != null) {
            List<String> tagSet = new ArrayList<>(tagCount);
            for (int k = 0; k < tagCount; k++) {
                tagSet.add(String.valueOf(answer.getValueByKey(FluxText.tagColumn(k))));
            }
            // The first column of an answer names its result, whatever its tags are called.
            Row.Series series = new Row.Table(String.valueOf(answer.getRow().getFirst()), answer.getTable());
            sink.add(new Row(series, tagSet, answer.getTime().getEpochSecond(), value.doubleValue()));
        }
    }
}
