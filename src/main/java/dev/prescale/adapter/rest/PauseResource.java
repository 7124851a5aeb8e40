package dev.prescale.adapter.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.config.PauseRequestReader;
import dev.prescale.config.ReadResult;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointId;
import dev.prescale.control.PauseNote;
import dev.prescale.control.Pauses;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Holds the replicas of an endpoint, and lets them go again. Who may is a matter of roles, which nobody has where none are configured. */
@Path("/api/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
class PauseResource {
    private static final Logger LOG = Logger.getLogger(PauseResource.class);

    private static final String OPERATOR = "prescale-operator";
    private static final int MOST_BYTES = 8 << 10;
    private static final int LONGEST_NAME = 250;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(15);
    private static final String NOBODY_IS_OPERATOR =
            "This needs the role %s, which nobody has here: set".formatted(OPERATOR)
                    + " PRESCALE_OPERATOR_TOKEN, PRESCALE_OPERATOR_TOKEN_FILE or PRESCALE_OIDC=on.";

    private final EndpointLookup endpoints;
    private final Pauses pauses;
    private final InstantSource clock;
    private final StateRevision revision;
    private final boolean isAnybodyOperator;

    PauseResource(
            EndpointLookup endpoints, Pauses pauses, InstantSource clock, StateRevision revision, Settings settings) {
        this.endpoints = endpoints;
        this.pauses = pauses;
        this.clock = clock;
        this.revision = revision;
        this.isAnybodyOperator = settings.access().isOn();
    }

    /** What holds from the next cycle on. */
    @Schema(name = "PauseAnswer")
    record Answer(
            String endpoint, boolean changed, @Nullable PauseState paused) {}

    @POST
    @Path("{namespace}/{name}/pause")
    // without a body clients send one type or another
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "pauseEndpoint",
            summary = "Hold the replicas",
            description =
                    "The same as the annotation `prescale.dev/paused: \"true\"`, from the next cycle on. A resource of"
                            + " the cluster is annotated; the pause of a file is kept in the data folder and survives a restart."
                            + " One that is paused already stays so with the note that it has. Always needs the role"
                            + " `prescale-operator`. At most 8 KiB.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "PauseRequest"),
                            examples =
                                    @ExampleObject(
                                            name = "with a reason",
                                            value = "{\"reason\": \"Migration of the database until noon\"}")))
    @APIResponse(responseCode = "200", description = "It is paused")
    @APIResponse(ref = ApiDocument.BAD_JSON, responseCode = "400")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.NOT_OURS, responseCode = "409")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public Answer pause(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            InputStream body,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context SecurityContext caller) {
        String by = operator(caller);
        QueryParameters.of(uri).throwIfInvalid();
        return pause(endpoints.idOf(namespace, name), by, reason(BoundedBody.read(body, headers, MOST_BYTES), headers));
    }

    private Answer pause(EndpointId endpoint, String by, Optional<String> reason) {
        PauseNote note = new PauseNote(by, clock.instant(), reason.orElse(null));
        Answer answer = answer(endpoint, pauses.pause(endpoint, note));
        if (answer.changed()) {
            revision.changed();
            LOG.infof("%s is paused by %s: %s", endpoint, by, reason.orElse("no reason given"));
        }
        return answer;
    }

    @POST
    @Path("{namespace}/{name}/resume")
    @Operation(
            operationId = "resumeEndpoint",
            summary = "Let the replicas be scaled again",
            description =
                    "Takes a pause back, also one that was annotated by hand. One that a file itself asks for is taken"
                            + " out there (409). Always needs the role `prescale-operator`.")
    @APIResponse(responseCode = "200", description = "It is not paused")
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    @APIResponse(ref = ApiDocument.NOT_OURS, responseCode = "409")
    @APIResponse(ref = ApiDocument.NOT_YET, responseCode = "503")
    public Answer resume(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @Context UriInfo uri,
            @Context SecurityContext caller) {
        String by = operator(caller);
        QueryParameters.of(uri).throwIfInvalid();
        EndpointId endpoint = endpoints.idOf(namespace, name);
        Answer answer = answer(endpoint, pauses.resume(endpoint));
        if (answer.changed()) {
            revision.changed();
            LOG.infof("%s is resumed by %s", endpoint, by);
        }
        return answer;
    }

    /** The name of an operator; a 403 problem for anybody else. */
    private String operator(SecurityContext caller) {
        if (!isAnybodyOperator) {
            throw ProblemException.ofStatus(403, NOBODY_IS_OPERATOR);
        }
        if (caller.getUserPrincipal() == null || !caller.isUserInRole(OPERATOR)) {
            throw ProblemException.ofStatus(403, "This needs the role %s.".formatted(OPERATOR));
        }
        // a provider may put anything there
        String name = caller.getUserPrincipal().getName().replaceAll("\\p{C}", "?");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static Optional<String> reason(byte[] body, HttpHeaders headers) {
        if (body.length == 0) {
            return Optional.empty();
        }
        MediaType type = headers.getMediaType();
        if (type != null && !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw ProblemException.ofStatus(415, ProblemMappers.wrongType(MediaType.APPLICATION_JSON));
        }
        JsonNode json = JsonBody.parse(body);
        return switch (PauseRequestReader.read(json)) {
            case ReadResult.Valid<Optional<String>> valid -> valid.value();
            case ReadResult.Invalid<Optional<String>> invalid ->
                throw ProblemException.ofInvalidInput(invalid.violations());
        };
    }

    private static Answer answer(EndpointId endpoint, Pauses.Outcome outcome) {
        return switch (outcome) {
            case Pauses.Done done -> new Answer(endpoint.toString(), done.isChanged(), PauseState.of(done.pausing()));
            case Pauses.NotOurs(String reason) -> throw ProblemException.ofStatus(409, reason);
            case Pauses.NotThere() ->
                throw ProblemException.ofStatus(404, "There is no specification of %s any more.".formatted(endpoint));
            case Pauses.Unavailable(String reason) -> throw ProblemException.ofUnavailable(reason, RETRY_AFTER);
        };
    }
}
