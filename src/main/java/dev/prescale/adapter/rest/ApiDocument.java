package dev.prescale.adapter.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Title and shared problem answers of the OpenAPI document. Public, because the framework makes it by reflection. */
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
            @Tag(name = "Samples", description = "Samples into the embedded store"),
            @Tag(name = "Autoscalers", description = "For autoscalers beside this one")
        },
        components =
                @Components(
                        responses = {
                            @APIResponse(
                                    name = ApiDocument.UNKNOWN_ENDPOINT,
                                    description = "No endpoint of this name",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.UNKNOWN_BACKTEST,
                                    description = "No backtest of this id, or not any more",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.BUSY,
                                    description = "Too many at a time; Retry-After says when to ask again",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.INVALID_INPUT,
                                    description = "Input that is not allowed; every fault in `violations`",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.BAD_JSON,
                                    description = "Not valid JSON; line and column in `detail`",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.BAD_LINES,
                                    description = "Some lines are bad; the good ones are stored",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.TOO_LARGE,
                                    description = "The body is larger than allowed",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.NO_TOKEN,
                                    description =
                                            "Callers must prove who they are (WWW-Authenticate says how), and this one did not",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.NOT_ALLOWED,
                                    description =
                                            "The caller is known and lacks the role, or a page of another site sent the request",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.TOO_MANY,
                                    description = "Too much from this address; Retry-After says when to ask again",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.NOT_OURS,
                                    description = "Somebody else has to do it; `detail` says where",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiDocument.NOT_YET,
                                    description = "Not known yet, or not fit to act on; Retry-After says when to ask",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class)))
                        }))
public class ApiDocument extends Application {
    static final String UNKNOWN_ENDPOINT = "UnknownEndpoint";
    static final String UNKNOWN_BACKTEST = "UnknownBacktest";
    static final String BUSY = "Busy";
    static final String INVALID_INPUT = "InvalidInput";
    static final String BAD_JSON = "BadJson";
    static final String BAD_LINES = "BadLines";
    static final String TOO_LARGE = "TooLarge";
    static final String NOT_YET = "NotYet";
    static final String NOT_OURS = "NotOurs";
    static final String NO_TOKEN = "NoToken";
    static final String NOT_ALLOWED = "NotAllowed";
    static final String TOO_MANY = "TooMany";
}
