package dev.prescale.config;

import dev.prescale.backtest.Trace;
import dev.prescale.control.EndpointSpec;
import java.util.List;
import java.util.Optional;

/** Port: traces that come with the program. */
public interface BundledTraces {
    /** Sorted; empty where none came with it. */
    List<String> names();

    /** @param name one of {@link #names} */
    Bundled read(String name);

    /** @param spec the one that the trace comes with */
    record Bundled(Trace trace, Optional<EndpointSpec> spec) {}
}
