package dev.prescale.adapter.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Title and tags of the OpenAPI document, and the names of the problems that several calls share ({@link SharedProblem}). Public,
 * because the framework makes it by reflection. Schemas of requests are in {@code META-INF/openapi.yaml}, examples beside it.
 */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Prescale",
                        version = "v1",
                        description = "Forecasts the request rate of endpoints and starts replicas before the traffic"
                                + " arrives. JSON in camelCase; instants ISO-8601 in UTC, durations ISO-8601, rates in"
                                + " requests per second, fractions in 0..1; null is not known, never 0. Faults are RFC"
                                + " 9457 problems that name every fault of the input.",
                        license = @License(name = "Apache-2.0", identifier = "Apache-2.0")),
        tags = {
            @Tag(name = "Endpoints", description = "What runs: state, forecast, history, decisions"),
            @Tag(name = "Stateless", description = "Forecast and decide on what the request brings along"),
            @Tag(name = "Backtests", description = "Replay traffic under several policies"),
            @Tag(name = "Specifications", description = "What is in force, and what would be valid"),
            @Tag(name = "Samples", description = "Samples into the embedded store"),
            @Tag(name = "Autoscalers", description = "For autoscalers beside this one")
        })
public class ApiDocument extends Application {
    static final String UNKNOWN_ENDPOINT = "UnknownEndpoint";
    static final String UNKNOWN_BACKTEST = "UnknownBacktest";
    static final String DROPPED_REPLAY = "DroppedReplay";
    static final String INVALID_INPUT = "InvalidInput";
    static final String BAD_JSON = "BadJson";
    static final String BAD_TEXT = "BadText";
    static final String BAD_LINES = "BadLines";
    static final String TOO_LARGE = "TooLarge";
    static final String NOT_YET = "NotYet";
    static final String NOT_OURS = "NotOurs";
    static final String NOT_ACCEPTABLE = "NotAcceptable";
    static final String UNSUPPORTED_MEDIA_TYPE = "UnsupportedMediaType";
    static final String UNAUTHORIZED = "Unauthorized";
    static final String FORBIDDEN = "Forbidden";
    static final String TOO_MANY_REQUESTS = "TooManyRequests";
}
