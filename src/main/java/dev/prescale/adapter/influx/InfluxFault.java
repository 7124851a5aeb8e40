package dev.prescale.adapter.influx;

import com.influxdb.exceptions.InfluxException;
import com.influxdb.query.exceptions.FluxQueryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a request came to nothing, as a sentence without secrets. */
final class InfluxFault extends Exception {
    private static final int LONGEST_DETAIL = 200;

    /** What can be done about a fault. */
    enum Kind {
        /** The server or the way to it is sick: worth another attempt, counts for the circuit breaker. */
        SICK,
        /** The server works and refuses: another attempt gets the same answer. */
        REFUSED
    }

    private final Kind kind;

    private InfluxFault(Kind kind, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** The message as a sentence; never null. */
    String sentence() {
        return String.valueOf(getMessage());
    }

    static InfluxFault refused(String sentence) {
        return new InfluxFault(Kind.REFUSED, sentence, null);
    }

    static InfluxFault unreadable(String detail) {
        return new InfluxFault(Kind.SICK, "sent an answer that cannot be read: " + oneLine(detail), null);
    }

    /** A status other than success; 408 and 429 ask for patience, as every 5xx does. */
    static InfluxFault ofStatus(int status, @Nullable String message) {
        String detail = message == null || message.isBlank() ? "no reason given" : oneLine(message);
        return switch (status) {
            case 401, 403 -> refused("refused the token or the user (HTTP %d)".formatted(status));
            case 404 -> refused("did not find what was asked for: " + detail);
            case 408, 429 -> new InfluxFault(Kind.SICK, "asked to wait (HTTP %d)".formatted(status), null);
            default ->
                status >= 500
                        ? new InfluxFault(Kind.SICK, "failed (HTTP %d): %s".formatted(status, detail), null)
                        : refused("refused the query (HTTP %d): %s".formatted(status, detail));
        };
    }

    /** An error inside an answer of HTTP 200. */
    static InfluxFault ofStatement(String error) {
        boolean sick = error.toLowerCase(Locale.ROOT).contains("timeout");
        return new InfluxFault(sick ? Kind.SICK : Kind.REFUSED, "refused the query: " + oneLine(error), null);
    }

    static InfluxFault of(Throwable failure) {
        if (failure instanceof InfluxFault fault) {
            return fault;
        }
        if (failure instanceof FluxQueryException inAnswer) {
            return ofStatement(String.valueOf(inAnswer.getMessage()));
        }
        if (failure instanceof InfluxException answered && answered.status() > 0) {
            return ofStatus(answered.status(), withoutPrefix(answered.getMessage()));
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationHeader.TokenUnavailable) {
                return refused("cannot be asked: the token cannot be read");
            }
            if (cause instanceof IOException io) {
                return new InfluxFault(Kind.SICK, sentenceOf(io), failure);
            }
        }
        // Parsers show what they stumbled over, which is the server's text, not ours: only its kind is told.
        return new InfluxFault(
                Kind.SICK,
                "sent an answer that cannot be read (%s)"
                        .formatted(failure.getClass().getSimpleName()),
                failure);
    }

    /** The client puts the status before the server's message; we say it ourselves. */
    private static @Nullable String withoutPrefix(@Nullable String message) {
        return message == null ? null : message.replaceFirst("^HTTP status code: \\d+; Message: ", "");
    }

    private static String sentenceOf(IOException io) {
        return switch (io) {
            case ConnectException e -> "cannot be reached: connection refused or no route";
            case UnknownHostException e -> "cannot be reached: its host name is not known";
            case SocketTimeoutException e -> "did not answer in time";
            case InterruptedIOException e -> "did not answer in time";
            case SSLException e -> "cannot be reached over TLS: " + oneLine(String.valueOf(e.getMessage()));
            default -> "broke the connection off";
        };
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "...";
    }
}
