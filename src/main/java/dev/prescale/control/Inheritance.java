package dev.prescale.control;

import java.util.Map;

/**
 * Where an endpoint's past comes from before it has one of its own: the traffic of all who share a series that a tag tells apart
 * (versions of one service), times the endpoint's part of it.
 *
 * @param from the endpoint that it replaces or stands beside
 * @param tag by which the rows of both are told apart; the endpoint's own traffic names a value of it
 */
public record Inheritance(EndpointId from, String tag) {
    /** The traffic of all of them. */
    TrafficSource whole(TrafficSource own) {
        return own.withoutTag(tag);
    }

    /**
     * Why an endpoint inherits nothing, empty where nothing speaks against it. Whoever is not in force any more has left its rows in
     * the store.
     */
    static String whyNot(EndpointSpec spec, Map<EndpointId, EndpointSpec> inForce) {
        Inheritance inheritance = spec.inheritance();
        EndpointSpec other = inheritance == null ? null : inForce.get(inheritance.from());
        return inheritance == null || other == null || inheritance.covers(spec.traffic(), other.traffic())
                ? ""
                : "its traffic differs in more than the tag " + inheritance.tag();
    }

    /** Whether another endpoint's traffic is a part of the same, or all of it. Steps may differ: what is read is on the own step. */
    private boolean covers(TrafficSource own, TrafficSource other) {
        TrafficSource whole = whole(own);
        TrafficSource others = other.query() == null ? other.withoutTag(tag) : other;
        return whole.equals(new TrafficSource(
                others.bucket(),
                others.measurement(),
                others.field(),
                others.tags(),
                others.kind(),
                whole.step(),
                others.query()));
    }
}
