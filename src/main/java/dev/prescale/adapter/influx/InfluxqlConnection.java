package dev.prescale.adapter.influx;

import com.influxdb.client.service.InfluxQLQueryService;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;

/**
 * {@code /query}. The client's own {@code InfluxQLQueryApi} keeps errors of statements to itself (they come with HTTP 200)
 * and stumbles over null, so its service is called and the answer is read here. The body is in memory as a whole, which is
 * why requests are bounded in rows.
 */
final class InfluxqlConnection extends InfluxConnection {
    private final InfluxQLQueryService service;

    InfluxqlConnection(InfluxSettings settings) {
        super(settings, settings.timeouts().read());
        this.service = client().getService(InfluxQLQueryService.class);
    }

    @Override
    void rows(String bucket, String text, List<String> tagKeys, Row.Sink sink) throws InfluxFault {
        int slash = bucket.indexOf('/');
        String database = slash < 0 ? bucket : bucket.substring(0, slash);
        String retentionPolicy = slash < 0 ? null : bucket.substring(slash + 1);
        try {
            Response<ResponseBody> answer = service.query(
                            text, database, retentionPolicy, "s", null, "application/json")
                    .execute();
            try (ResponseBody body = answer.body()) {
                if (!answer.isSuccessful() || body == null) {
                    throw InfluxFault.ofStatus(answer.code(), reasonOf(answer.errorBody()));
                }
                try (InputStream bytes = body.byteStream()) {
                    new InfluxqlAnswer(tagKeys, sink).read(bytes);
                }
            }
        } catch (IOException e) {
            throw InfluxFault.of(e);
        }
    }

    private static @Nullable String reasonOf(@Nullable ResponseBody errorBody) throws IOException {
        try (errorBody) {
            return errorBody == null ? null : InfluxqlAnswer.reasonIn(errorBody.string());
        }
    }
}
