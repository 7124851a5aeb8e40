package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointSnapshot;
import dev.prescale.series.Step;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Steps of an endpoint's past that a request asks for by {@code from}, {@code to} and {@code step}.
 *
 * @param start of the first step, a whole multiple of the step since the epoch
 * @param to exclusive
 */
record PastSteps(Instant start, Instant to, Step step) {
    private static final Duration DEFAULT_LOOK_BACK = Duration.ofDays(1);

    /** 28 days by the minute are 40,320 steps. */
    static final int MOST = 50_000;

    /** The steps that the query names, by default a day of the endpoint's own up to its last cycle; a 422 problem for others. */
    static PastSteps of(UriInfo uri, EndpointSnapshot snapshot) {
        QueryParameters parameters = QueryParameters.of(uri, "from", "to", "step");
        Step step = step(parameters, snapshot.history().step());
        Instant to = parameters.instant("to").orElse(snapshot.at());
        Instant from = parameters.instant("from").orElse(to.minus(DEFAULT_LOOK_BACK));
        requireRange(parameters, from, to, step);
        parameters.throwIfInvalid();
        Instant start =
                Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), (long) step.seconds()) * step.seconds());
        return new PastSteps(start, to, step);
    }

    /** Their beginnings, in order. */
    void forEach(Consumer<Instant> action) {
        for (Instant at = start; at.isBefore(to); at = at.plus(step.duration())) {
            action.accept(at);
        }
    }

    private static Step step(QueryParameters parameters, Step own) {
        Duration asked = parameters.duration("step").orElse(own.duration());
        if (Step.isValid(asked) && Step.of(asked).seconds() % own.seconds() == 0) {
            return Step.of(asked);
        }
        parameters.refuse(
                "step", asked.toString(), "must be a whole multiple of %s up to PT1H".formatted(own.duration()));
        return own;
    }

    private static void requireRange(QueryParameters parameters, Instant from, Instant to, Step step) {
        Duration range = Duration.between(from, to);
        Duration longest = step.duration().multipliedBy(MOST);
        if (!range.isPositive()) {
            parameters.refuse("from", from.toString(), "must be before to, which is " + to);
        } else if (range.compareTo(longest) > 0) {
            String limit = "must be at most %s before to, which is %d values of %s";
            parameters.refuse("from", from.toString(), limit.formatted(longest, MOST, step.duration()));
        }
    }
}
