package dev.prescale.adapter.influx;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the server lets us read: asked by a cheap read, because a ping works with a wrong token, too. */
public final class InfluxHealth {
    private final String address;
    private final QueryText text;
    private final InfluxConnection connection;

    InfluxHealth(String address, QueryText text, InfluxConnection connection) {
        this.address = address;
        this.text = text;
        this.connection = connection;
    }

    /**
     * What is wrong, as sentences; empty where all can be read. Sends one request per bucket and takes at most
     * {@link InfluxSettings.Timeouts#read} for each.
     *
     * @param buckets that must be readable; none to ask for the server as a whole
     */
    public List<String> faults(Collection<String> buckets) {
        Stream<Optional<String>> faults = buckets.isEmpty()
                ? Stream.of(fault("", text.probe(null)))
                : buckets.stream().distinct().map(bucket -> fault(bucket, text.probe(bucket)));
        return faults.flatMap(Optional::stream).distinct().toList();
    }

    private Optional<String> fault(String bucket, String query) {
        try {
            connection.rows(bucket, query, List.of(), Row.Sink.NONE);
            return Optional.empty();
        } catch (InfluxFault e) {
            return Optional.of("InfluxDB at %s %s".formatted(address, e.sentence()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("InfluxDB at %s was not waited for".formatted(address));
        }
    }
}
