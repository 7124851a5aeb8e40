package dev.prescale.testing;

import dev.prescale.control.EndpointId;
import dev.prescale.control.ModelStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** States in a map. */
public final class InMemoryModelStore implements ModelStore {
    private record Saved(String fingerprint, byte[] content) {}

    private final Map<EndpointId, Saved> states = new HashMap<>();

    @Override
    public void save(EndpointId endpoint, String fingerprint, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(new DataOutputStream(bytes));
        states.put(endpoint, new Saved(fingerprint, bytes.toByteArray()));
    }

    @Override
    public Loaded load(EndpointId endpoint, String fingerprint) {
        Saved saved = states.get(endpoint);
        if (saved == null) {
            return new Absent();
        }
        return saved.fingerprint().equals(fingerprint)
                ? new Found(new DataInputStream(new ByteArrayInputStream(saved.content())))
                : new Unusable("it is of another specification");
    }

    /** The content of an endpoint's state, to be changed by a test. */
    public byte[] contentOf(EndpointId endpoint) {
        return states.get(endpoint).content();
    }

    public boolean isEmpty() {
        return states.isEmpty();
    }
}
