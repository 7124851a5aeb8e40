package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the specification of a backtest: the {@code spec} of one as JSON, or a whole one as text. */
final class ReplayedSpecReader {
    static final SchemaKey.ObjectKey METADATA = new SchemaKey.ObjectKey(
            "metadata",
            MetadataReader.METADATA.schema(),
            false,
            "That of the specification whose spec this is; where left out replay and the trace's name.");
    static final SchemaKey.ObjectKey SPEC = new SchemaKey.ObjectKey(
            "spec",
            SpecReader.SPEC,
            false,
            "The spec of a specification; where left out, or with a timeZone alone, one is made for the trace.");

    /** As a file has it, for whoever has one at hand. */
    static final Key<String> SPECIFICATION = Key.optional(
            "specification",
            ValueTypes.text(YamlText.MOST_CHARACTERS),
            "A whole specification as YAML or JSON text, in place of spec and metadata.");

    static final List<String> KEYS = List.of(METADATA.name(), SPEC.name(), SPECIFICATION.name());

    private ReplayedSpecReader() {}

    /**
     * @param spec empty where the trace's own is meant
     * @param text as it was written; empty likewise
     * @param zone of one that is made for the trace
     * @param path where it stands in the request
     */
    record Given(Optional<EndpointSpec> spec, Optional<String> text, ZoneId zone, String path) {
        boolean isMade() {
            return spec.isEmpty();
        }
    }

    /**
     * Faults go to the reader's violations; what is returned then is of no use.
     *
     * @param body of the reader
     * @param id of one that has no name
     * @param endpoint whose history is replayed; empty for any other trace
     */
    static Given read(ObjectReader reader, JsonNode body, EndpointId id, Optional<EndpointId> endpoint) {
        if (reader.has(SPECIFICATION)) {
            for (SchemaKey other : List.of(METADATA, SPEC)) {
                if (reader.has(other)) {
                    reader.refuse(other, "must not stand beside specification");
                }
            }
            String text = reader.find(SPECIFICATION);
            EndpointSpec spec = text == null ? null : ofText(reader, text);
            return given(reader, SPECIFICATION, spec, text, endpoint);
        }
        JsonNode written = body.path(SPEC.name());
        boolean isMade = !written.isObject()
                || written.properties().stream()
                        .allMatch(entry -> entry.getKey().equals(CalendarReader.TIME_ZONE.name())
                                || entry.getValue().isNull());
        if (isMade) {
            if (reader.has(METADATA)) {
                reader.refuse(METADATA, "must not stand without a spec");
            }
            ZoneId zone = reader.object(SPEC).get(CalendarReader.TIME_ZONE);
            return new Given(Optional.empty(), Optional.empty(), zone, SPEC.name());
        }
        MetadataReader.Metadata metadata = reader.has(METADATA)
                ? MetadataReader.readMetadata(reader.object(METADATA))
                : new MetadataReader.Metadata(id, EndpointSpec.Pausing.NONE);
        EndpointSpec spec = SpecReader.readReplayed(reader.object(SPEC), metadata);
        return given(reader, SPEC, spec, written.toPrettyString(), endpoint);
    }

    private static Given given(
            ObjectReader reader,
            SchemaKey key,
            @Nullable EndpointSpec spec,
            @Nullable String text,
            Optional<EndpointId> endpoint) {
        if (spec != null && endpoint.isPresent() && !spec.id().equals(endpoint.get())) {
            reader.violations()
                    .add(new Violation(
                            reader.pathOf(key.name()),
                            spec.id().toString(),
                            "must be of the endpoint whose history is replayed, %s".formatted(endpoint.get())));
        }
        return new Given(Optional.ofNullable(spec), Optional.ofNullable(text), ZoneOffset.UTC, key.name());
    }

    private static @Nullable EndpointSpec ofText(ObjectReader reader, String text) {
        SpecText read = SpecText.read(SPECIFICATION.name(), text);
        for (SpecFault fault : read.faults()) {
            String line = fault.line() == null ? "" : "line %d: ".formatted(fault.line());
            Violation violation = fault.violation();
            String path = violation.path().isEmpty() ? "" : violation.path() + " ";
            reader.violations()
                    .add(new Violation(
                            reader.pathOf(SPECIFICATION.name()), violation.value(), line + path + violation.message()));
        }
        if (read.documents().size() != 1) {
            reader.violations()
                    .add(new Violation(
                            reader.pathOf(SPECIFICATION.name()),
                            null,
                            "must be one specification, had %d"
                                    .formatted(read.documents().size())));
            return null;
        }
        EndpointSpec spec = read.documents().getFirst().spec();
        return spec == null ? null : spec.withMode(Mode.SCALE);
    }
}
