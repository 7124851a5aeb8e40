package dev.prescale.control;

import dev.prescale.series.Require;
import java.util.Optional;
import java.util.regex.Pattern;

/** Namespace and name of an endpoint, both as Kubernetes names objects (RFC 1123 label). */
public record EndpointId(String namespace, String name) implements Comparable<EndpointId> {
    /** What {@link #isValidName} asks for, as a regular expression for the whole name. */
    public static final String NAME_PATTERN = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";

    private static final Pattern LABEL = Pattern.compile(NAME_PATTERN);

    private static final int LONGEST_ROOT = 200;

    public EndpointId {
        Require.that(
                isValidName(namespace), "namespace must be lower case letters, digits, '-' and '.', was %s", namespace);
        Require.that(isValidName(name), "name must be lower case letters, digits, '-' and '.', was %s", name);
    }

    /** Reads {@code namespace/name}, as {@link #toString} writes it; empty for what is no such name. */
    public static Optional<EndpointId> read(String text) {
        String[] parts = text.split("/", -1);
        return parts.length == 2 && isValidName(parts[0]) && isValidName(parts[1])
                ? Optional.of(new EndpointId(parts[0], parts[1]))
                : Optional.empty();
    }

    public static boolean isValidName(String name) {
        return LABEL.matcher(name).matches();
    }

    /** The name of a part of an endpoint's state, such as of one model. */
    EndpointId part(String part) {
        String root = name.length() > LONGEST_ROOT ? name.substring(0, LONGEST_ROOT) : name;
        return new EndpointId(namespace, "%s.part-%08x".formatted(root, part.hashCode()));
    }

    @Override
    public int compareTo(EndpointId other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
