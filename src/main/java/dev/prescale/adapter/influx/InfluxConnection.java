package dev.prescale.adapter.influx;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import java.time.Duration;
import java.util.List;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** Sends queries of one dialect and reads their answers. Blocks, at most for as long as a read may take. */
abstract sealed class InfluxConnection implements AutoCloseable permits FluxConnection, InfluxqlConnection {
    private final OkHttpClient.Builder http;
    private final InfluxDBClient client;

    InfluxConnection(InfluxSettings settings, Duration longestCall) {
        http = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher())
                .connectTimeout(settings.timeouts().connect())
                .readTimeout(settings.timeouts().silence())
                .writeTimeout(settings.timeouts().silence())
                .callTimeout(longestCall)
                .addInterceptor(new AuthorizationHeader(settings));
        client = InfluxDBClientFactory.create(InfluxDBClientOptions.builder()
                .url(settings.url().toString())
                .org(settings.org().isEmpty() ? "-" : settings.org())
                .okHttpClient(http)
                .build());
    }

    static InfluxConnection open(InfluxSettings settings) {
        return switch (settings.dialect()) {
            case FLUX -> new FluxConnection(settings);
            case INFLUXQL -> new InfluxqlConnection(settings);
        };
    }

    InfluxDBClient client() {
        return client;
    }

    /**
     * Sends a query and hands over the rows of its answer.
     *
     * @param bucket 2.x: bucket; 1.x: database, or {@code database/retention-policy}; empty for a query without one
     * @param tagKeys whose values each row's tag set shall have
     */
    abstract void rows(String bucket, String text, List<String> tagKeys, Row.Sink sink)
            throws InfluxFault, InterruptedException;

    @Override
    public void close() {
        client.close();
    }
}
