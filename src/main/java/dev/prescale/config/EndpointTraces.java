package dev.prescale.config;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: what the endpoints that run here were asked for, from where the service reads it. */
public interface EndpointTraces {
    /** The present, by the service's clock. */
    Instant now();

    /** Endpoints whose specification is in force, sorted. */
    List<EndpointId> endpoints();

    /** The specification in force; empty where there is none. */
    Optional<EndpointSpec> spec(EndpointId endpoint);

    /** The same as text, where there is one; {@link SpecTexts#textOf}. */
    Optional<String> specText(EndpointId endpoint);

    /**
     * Reads the history of an endpoint, from its first sample to its last.
     *
     * @param spec the one in force: it says where the traffic is and in which steps
     * @param from not on a grid yet
     * @return empty where there is no sample in the range
     * @throws Unreadable where the store fails
     */
    Optional<RateSeries> read(EndpointSpec spec, Instant from, Instant to);

    /** The history could not be read; the message is a sentence without secrets. */
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unreadable(String message) {
            super(message);
        }
    }
}
