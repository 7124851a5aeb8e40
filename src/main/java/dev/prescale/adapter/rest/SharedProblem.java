package dev.prescale.adapter.rest;

import dev.prescale.config.Violation;
import java.util.List;

/** Problems that several calls answer with, as the OpenAPI document describes and shows them. */
enum SharedProblem {
    UNKNOWN_ENDPOINT(
            ApiDocument.UNKNOWN_ENDPOINT,
            "No endpoint of this name",
            Problem.ofStatus(404, "There is no endpoint inference/chat; GET /api/v1/endpoints lists all.")),
    UNKNOWN_BACKTEST(
            ApiDocument.UNKNOWN_BACKTEST,
            "No backtest of this id, or not any more",
            Problem.ofStatus(
                    404,
                    "There is no backtest 3d5f427c-a925-43f6-b8c9-c5773c660018; GET /api/v1/backtests lists all. Results"
                            + " are kept for an hour.")),
    DROPPED_REPLAY(
            ApiDocument.DROPPED_REPLAY,
            "Its replay was let go to make room; the result is still there",
            Problem.ofStatus(
                    410,
                    "The replay of backtest 3d5f427c-a925-43f6-b8c9-c5773c660018 was let go to make room for newer ones; its"
                            + " result is still there. The same request gives it again.")),
    INVALID_INPUT(
            ApiDocument.INVALID_INPUT,
            "Input that is not allowed; every fault in `violations`",
            Problem.ofInvalidInput(List.of(
                    new Violation("horizon", "PT72H", "must be longer than PT0S and at most PT48H"),
                    new Violation("quantiles", "1.5", "must be levels from 0.01 to 0.99")))),
    BAD_JSON(
            ApiDocument.BAD_JSON,
            "Not valid JSON; line and column in `detail`",
            Problem.ofStatus(400, "The body is not valid JSON: line 1, column 12: a value was expected.")),
    BAD_TEXT(ApiDocument.BAD_TEXT, "Not text in UTF-8, or cut short", Problem.ofStatus(400, "The body is not UTF-8.")),
    BAD_LINES(
            ApiDocument.BAD_LINES,
            "Some lines are bad; the good ones are stored",
            Problem.ofBadLines(
                    "1 of 2 lines is bad; the other one is stored.",
                    List.of(new Violation(
                            "lines[2]", "http_requests count=", "has no value after the name of the field")))),
    TOO_LARGE(
            ApiDocument.TOO_LARGE,
            "The body is larger than allowed",
            Problem.ofStatus(413, "The body has more than 4194304 bytes.")),
    NOT_YET(
            ApiDocument.NOT_YET,
            "Not known yet, or not fit to act on; Retry-After says when to ask",
            Problem.ofStatus(503, "There is no forecast of inference/chat yet.")),
    NOT_OURS(
            ApiDocument.NOT_OURS,
            "Somebody else has to do it; `detail` says where",
            Problem.ofStatus(
                    409,
                    "inference/chat is paused by the annotation prescale.dev/paused in the file chat.yaml; take it out there.")),
    NOT_ACCEPTABLE(
            ApiDocument.NOT_ACCEPTABLE,
            "No answer can be given in a media type of the Accept header",
            Problem.ofStatus(
                    406, "No answer can be given in the media type of the Accept header; application/json can.")),
    UNSUPPORTED_MEDIA_TYPE(
            ApiDocument.UNSUPPORTED_MEDIA_TYPE,
            "The body is of another media type, or packed in another way than gzip",
            Problem.ofStatus(415, "The Content-Type of the body must be application/json.")),
    UNAUTHORIZED(
            ApiDocument.UNAUTHORIZED,
            "No token, or one that does not hold, where the service wants one",
            Problem.ofStatus(401, "This needs a bearer token.")),
    FORBIDDEN(
            ApiDocument.FORBIDDEN,
            "Needs the operator role, or was sent by the page of another site",
            Problem.ofStatus(403, "This needs the operator role.")),
    TOO_MANY_REQUESTS(
            ApiDocument.TOO_MANY_REQUESTS,
            "Too many at a time, or too fast for one client; Retry-After says when to ask again",
            Problem.ofStatus(429, "Too many requests from this address."));

    private final String reference;
    private final String description;
    private final Problem example;

    SharedProblem(String reference, String description, Problem example) {
        this.reference = reference;
        this.description = description;
        this.example = example;
    }

    /** Its name among the responses of the document. */
    String reference() {
        return reference;
    }

    String description() {
        return description;
    }

    Problem example() {
        return example;
    }

    String status() {
        return Integer.toString(example.status());
    }
}
