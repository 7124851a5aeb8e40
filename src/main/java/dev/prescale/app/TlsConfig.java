package dev.prescale.app;

import dev.prescale.adapter.transport.TlsNames;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The frame's settings that follow from ours of TLS. A file of properties cannot say them, because they must not be there at all where
 * there is no certificate. Ours are read and checked elsewhere ({@code config.TlsServer}, {@link TlsFiles}).
 */
public final class TlsConfig implements ConfigSourceFactory {
    /** Above the properties that ship, below system properties and the environment. */
    private static final int ORDINAL = 275;

    /** A renewed certificate is in use this much later; whoever mounts a Secret waits longer for the file. */
    private static final String RELOAD_PERIOD = "30s";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String certificate = valueOf(context, "prescale.tls.certificate");
        String key = valueOf(context, "prescale.tls.key");
        if (certificate == null || key == null) {
            return List.of();
        }
        String bucket = "quarkus.tls." + TlsNames.REGISTERED;
        Map<String, String> values = new HashMap<>();
        values.put(bucket + ".key-store.pem.server.cert", certificate);
        values.put(bucket + ".key-store.pem.server.key", key);
        values.put(bucket + ".protocols", "TLSv1.3,TLSv1.2");
        values.put(bucket + ".reload-period", RELOAD_PERIOD);
        values.put("quarkus.http.tls-configuration-name", TlsNames.REGISTERED);
        String clientCa = valueOf(context, "prescale.tls.client-ca");
        if (clientCa != null) {
            values.put(bucket + ".trust-store.pem.certs", clientCa.replace(",", "\\,"));
        }
        return List.of(new PropertiesConfigSource(values, "TLS of Prescale", ORDINAL));
    }

    private static @Nullable String valueOf(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        String text = value == null ? null : value.getValue();
        return text == null || text.isBlank() ? null : text.strip();
    }
}
