package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.accuracy.GateStatus;
import dev.prescale.capacity.LoadModel;
import dev.prescale.config.PreviewRequest.GivenSeries;
import dev.prescale.config.PreviewRequest.Outlook;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.ScalingHistory;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /api/v1/preview}. */
public final class PreviewRequestReader {
    private static final SchemaKey.ObjectKey SPEC = new SchemaKey.ObjectKey(
            "spec", SpecReader.SPEC, true, "The spec of a specification; target and traffic may be left out.");
    private static final Key<Instant> NOW = Key.required("now", ValueTypes.INSTANT, "Time of the decision.");
    private static final SchemaKey.ObjectKey FORECAST =
            new SchemaKey.ObjectKey("forecast", GivenForecastReader.FORECAST, false, "A forecast as it is; or series.");
    private static final SchemaKey.ObjectKey SERIES = new SchemaKey.ObjectKey(
            "series", new ObjectSchema(SeriesReader.KEYS), false, "A history to forecast from; or forecast.");
    private static final Key<GateStatus.State> GATE = Key.optional(
            "gate",
            ValueTypes.oneOf(GateStatus.State::wireName, GateStatus.State.values()),
            "What the health gate says of the forecast.");
    private static final Key<Duration> LEAD_TIME = Key.optional(
            "leadTime",
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(6)),
            "Time from the decision until a replica is ready; where left out the specification's initial one.");
    private static final ObjectSchema BODY = ObjectSchema.of(
            SPEC, NOW, ObservationReader.OBSERVATION, PastReader.PAST, FORECAST, SERIES, GATE, LEAD_TIME);

    private PreviewRequestReader() {}

    public static ReadResult<PreviewRequest> read(JsonNode body) {
        Violations violations = new Violations();
        ObjectReader reader = ObjectReader.of(body, BODY, "", violations);
        SpecReader.PolicySpec spec = SpecReader.readPolicy(reader.object(SPEC));
        if (spec.load() instanceof LoadModel.Learned) {
            reader.refuse(
                    SPEC,
                    "has capacity.learned, which a preview has learned nothing for; give the costs as capacity.models");
        }
        Instant written = reader.find(NOW);
        // Only so that reading can go on: a request without a time is no request.
        Instant now = written == null ? Instant.MAX : written;
        Observation observation = ObservationReader.read(reader, spec.load());
        ScalingHistory past = PastReader.read(reader, spec.policy(), now);
        Outlook outlook = outlook(reader);
        GateStatus.State gate = reader.find(GATE);
        Duration leadTime = reader.find(LEAD_TIME);
        return ReadResult.of(
                violations, () -> new PreviewRequest(spec, now, observation, past, outlook, gate, leadTime));
    }

    private static @Nullable Outlook outlook(ObjectReader reader) {
        if (reader.has(FORECAST) && reader.has(SERIES)) {
            reader.refuse(SERIES, "must not stand beside forecast");
        }
        if (reader.has(FORECAST)) {
            return GivenForecastReader.read(reader.object(FORECAST));
        }
        if (!reader.has(SERIES)) {
            return null;
        }
        RateSeries history = SeriesReader.read(reader.object(SERIES)).rates();
        if (reader.violations().isEmpty() && !history.hasSamples()) {
            reader.refuse(SERIES, "must have a value that is not null");
        }
        return new GivenSeries(history);
    }
}
