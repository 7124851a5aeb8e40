package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.control.EndpointId;
import dev.prescale.control.SignalKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metadata of a trigger of a KEDA ScaledObject. KEDA passes all of it, its own keys too, and resolves keys that end in
 * {@code FromEnv} from the environment of the scaled container without renaming them (KEDA v2.21.0,
 * {@code pkg/scalers/external_scaler.go}).
 */
public final class ScalerReferenceReader {
    private static final String FROM_ENV = "FromEnv";

    /** What KEDA needs to reach us. */
    private static final Set<String> KEYS_OF_KEDA =
            Set.of("scalerAddress", "enableTLS", "unsafeSsl", "caCert", "tlsClientCert", "tlsClientKey");

    private static final Key<String> NAMESPACE =
            Key.required("namespace", MetadataReader.OBJECT_NAME, "Namespace of the ScaledObject.");
    private static final Key<String> NAME =
            Key.required("name", MetadataReader.OBJECT_NAME, "Name of the ScaledObject.");
    private static final ObjectSchema IDENTITY = ObjectSchema.of(NAMESPACE, NAME);

    private static final Key<String> ENDPOINT = Key.optional(
            "endpoint",
            ValueTypes.text(510),
            "The endpoint, by its name in the ScaledObject's namespace or as `namespace/name`; where left out that of the"
                    + " ScaledObject's target.");
    private static final Key<SignalKind> METRIC = Key.withDefault(
            "metric",
            ValueTypes.oneOf(SignalKind::wireName, SignalKind.values()),
            SignalKind.DEMAND,
            "What is scaled on.");
    private static final Key<Duration> ACTIVATION_LEAD = Key.optional(
            "activationLead",
            ValueTypes.duration(Duration.ZERO, Duration.ofHours(48)),
            "How far ahead of demand the target is activated; where left out the lead time in force and a cycle.");

    /** The keys of ours, for documents too. */
    public static final ObjectSchema SCHEMA = ObjectSchema.of(ENDPOINT, METRIC, ACTIVATION_LEAD);

    private ScalerReferenceReader() {}

    /**
     * Reads what a trigger asks for; values of keys that are not ours are not repeated in a fault, because one may be a secret under
     * a mistyped key.
     *
     * @param namespace of the ScaledObject
     * @param name of the ScaledObject
     */
    public static ReadResult<ScalerReference> read(String namespace, String name, Map<String, String> metadata) {
        Violations found = new Violations();
        ObjectNode identity = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", namespace)
                .put("name", name);
        ObjectReader identityReader = ObjectReader.of(identity, IDENTITY, "scaledObjectRef", found);
        String validNamespace = identityReader.get(NAMESPACE);
        String validName = identityReader.get(NAME);

        ObjectReader reader = ObjectReader.of(ours(metadata, found), SCHEMA, "", found);
        String typed = reader.find(ENDPOINT);
        EndpointId endpoint = typed == null ? null : endpointOf(validNamespace, typed);
        if (typed != null && endpoint == null) {
            reader.refuse(
                    ENDPOINT,
                    "must be the name of an endpoint in the ScaledObject's namespace, or %s/NAME"
                            .formatted(validNamespace));
        }
        SignalKind metric = reader.get(METRIC);
        Duration activationLead = reader.find(ACTIVATION_LEAD);
        if (!found.isEmpty()) {
            return new ReadResult.Invalid<>(withoutForeignValues(found.all()));
        }
        return new ReadResult.Valid<>(new ScalerReference(
                validNamespace, validName, Optional.ofNullable(endpoint), metric, Optional.ofNullable(activationLead)));
    }

    /** What is not KEDA's, under the names without {@code FromEnv}. */
    private static JsonNode ours(Map<String, String> metadata, Violations found) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        metadata.forEach((key, value) -> {
            String plain = key.endsWith(FROM_ENV) ? key.substring(0, key.length() - FROM_ENV.length()) : key;
            if (KEYS_OF_KEDA.contains(plain)) {
                return;
            }
            boolean isOurs = SCHEMA.names().contains(plain);
            if (isOurs && !plain.equals(key) && metadata.containsKey(plain)) {
                found.add(plain, null, "and %s must not both be set".formatted(key));
                return;
            }
            values.put(isOurs ? plain : key, value);
        });
        return values;
    }

    private static @Nullable EndpointId endpointOf(String namespace, String typed) {
        String own = namespace + "/";
        String name = typed.startsWith(own) ? typed.substring(own.length()) : typed;
        return EndpointId.isValidName(name) ? new EndpointId(namespace, name) : null;
    }

    private static List<Violation> withoutForeignValues(List<Violation> violations) {
        return violations.stream()
                .map(fault ->
                        SCHEMA.names().contains(fault.path()) || fault.path().startsWith("scaledObjectRef.")
                                ? fault
                                : new Violation(fault.path(), null, fault.message()))
                .toList();
    }
}
