package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.adapter.kubernetes.channel.FieldOwners.Owner;
import dev.prescale.control.EndpointId;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A raised {@code minReplicas}, as the annotations of its HPA tell: enough for whoever comes next to give it back, and for people to
 * read.
 *
 * @param holder whose decisions raised it
 * @param until from when on anyone may give it back
 * @param original what it was before
 * @param owner who owned it before, null where nobody did
 */
record FloorLease(
        EndpointId holder,
        Instant until,
        int original,
        @Nullable Owner owner) {
    static final String HOLDER = "prescale.dev/floor";
    static final String UNTIL = "prescale.dev/floor-until";
    static final String ORIGINAL = "prescale.dev/floor-original";
    /** Field manager and version of the API, such as {@code kubectl-create autoscaling/v2}. */
    static final String OWNER = "prescale.dev/floor-original-manager";

    static final List<String> ANNOTATIONS = List.of(HOLDER, UNTIL, ORIGINAL, OWNER);

    private static final String UPDATE = "Update";

    /** What the annotations of an HPA say. */
    sealed interface Reading {}

    record None() implements Reading {}

    record Held(FloorLease lease) implements Reading {}

    /** Somebody has changed them: what was there before cannot be told. */
    record Unreadable(String annotation) implements Reading {}

    static Reading of(HorizontalPodAutoscaler hpa) {
        Map<String, String> annotations = hpa.getMetadata().getAnnotations();
        String holder = annotations == null ? null : annotations.get(HOLDER);
        if (annotations == null || holder == null) {
            return new None();
        }
        EndpointId endpoint = endpoint(holder);
        Instant until = instant(annotations.get(UNTIL));
        Integer original = number(annotations.get(ORIGINAL));
        if (endpoint == null) {
            return new Unreadable(HOLDER);
        }
        if (until == null) {
            return new Unreadable(UNTIL);
        }
        return original == null
                ? new Unreadable(ORIGINAL)
                : new Held(new FloorLease(endpoint, until, original, owner(annotations.get(OWNER))));
    }

    Map<String, String> annotations() {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(HOLDER, holder.toString());
        annotations.put(UNTIL, until.toString());
        annotations.put(ORIGINAL, Integer.toString(original));
        if (owner != null) {
            annotations.put(OWNER, owner.manager() + " " + owner.apiVersion());
        }
        return annotations;
    }

    private static @Nullable EndpointId endpoint(String text) {
        int slash = text.indexOf('/');
        String namespace = slash < 0 ? "" : text.substring(0, slash);
        String name = text.substring(slash + 1);
        return EndpointId.isValidName(namespace) && EndpointId.isValidName(name)
                ? new EndpointId(namespace, name)
                : null;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static @Nullable Integer number(@Nullable String text) {
        try {
            int number = text == null ? -1 : Integer.parseInt(text);
            return number < 0 ? null : number;
        } catch (NumberFormatException unreadable) {
            return null;
        }
    }

    private static @Nullable Owner owner(@Nullable String text) {
        int space = text == null ? -1 : text.lastIndexOf(' ');
        return text == null || space < 1
                ? null
                : new Owner(text.substring(0, space), UPDATE, text.substring(space + 1));
    }
}
