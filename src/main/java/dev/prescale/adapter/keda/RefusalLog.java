package dev.prescale.adapter.keda;

import dev.prescale.adapter.keda.ScalerMeters.Method;
import dev.prescale.adapter.keda.wire.ScaledObjectRef;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One line when a ScaledObject is refused and one when it is answered again, never one per call. Safe for use by many threads. */
final class RefusalLog {
    /** Beyond it all are forgotten, and told anew where they are still refused. */
    static final int MOST_REMEMBERED = 1_000;

    private final Consumer<String> log;
    private final Map<Caller, Status.Code> refused = new ConcurrentHashMap<>();

    /** A trigger and what it called. Two triggers of one object may fare differently. */
    private record Caller(Method method, String namespace, String name, int metadata) {
        @Override
        public String toString() {
            return "%s of ScaledObject %s/%s".formatted(method.wireName(), plain(namespace), plain(name));
        }

        /** Anybody may send anything. */
        private static String plain(String text) {
            String printable = text.replaceAll("[^-a-zA-Z0-9.]", "?");
            return printable.length() <= 253 ? printable : printable.substring(0, 253);
        }
    }

    /** @param log takes a line */
    RefusalLog(Consumer<String> log) {
        this.log = log;
    }

    void answered(Method method, ScaledObjectRef trigger) {
        if (!refused.isEmpty()) {
            Caller caller = caller(method, trigger);
            if (refused.remove(caller) != null) {
                log.accept("%s is answered again".formatted(caller));
            }
        }
    }

    void refused(Method method, ScaledObjectRef trigger, Status status) {
        if (refused.size() >= MOST_REMEMBERED) {
            refused.clear();
        }
        Caller caller = caller(method, trigger);
        if (refused.put(caller, status.getCode()) != status.getCode()) {
            log.accept("%s is answered %s: %s"
                    .formatted(
                            caller,
                            status.getCode(),
                            String.valueOf(status.getDescription()).replaceAll("\\p{Cntrl}", "?")));
        }
    }

    private static Caller caller(Method method, ScaledObjectRef trigger) {
        return new Caller(
                method,
                trigger.getNamespace(),
                trigger.getName(),
                trigger.getScalerMetadataMap().hashCode());
    }
}
