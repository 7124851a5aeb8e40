package dev.prescale.config;

import dev.prescale.control.EndpointId;
import java.util.Optional;

/** Port: the specifications in force as text. */
@FunctionalInterface
public interface SpecTexts {
    /** One YAML document as it was read, comments included, or written anew where it came as something else; empty for an unknown endpoint. */
    Optional<String> textOf(EndpointId endpoint);
}
