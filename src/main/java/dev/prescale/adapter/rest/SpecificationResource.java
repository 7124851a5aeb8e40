package dev.prescale.adapter.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Says whether a specification is valid. Nothing here changes one: files and the cluster do. */
@Path(SpecificationResource.VALIDATION_PATH)
@Tag(name = "Specifications")
class SpecificationResource {
    static final String VALIDATION_PATH = "/api/v1/specifications/validation";
    static final String YAML = "application/yaml";
    static final int MOST_BYTES = 256 * 1024;

    private final ComputeSlots slots;

    SpecificationResource(ComputeSlots slots) {
        this.slots = slots;
    }

    @POST
    @Consumes({YAML, MediaType.TEXT_PLAIN})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "validateSpecification",
            summary = "Say what is wrong with a specification",
            description =
                    "Reads YAML or JSON text as `prescale validate` does and names every fault with its line (200 at most)."
                            + " A faulty text is answered with 200 too. Nothing is changed.")
    @RequestBody(
            required = true,
            description = "At most 256 KiB",
            content = {
                @Content(
                        mediaType = YAML,
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "one with a fault", value = SpecificationResource.EXAMPLE)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN,
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "one with a fault", value = SpecificationResource.EXAMPLE))
            })
    @APIResponse(
            responseCode = "200",
            description = "Valid or not",
            content = @Content(schema = @Schema(implementation = SpecificationValidation.class)))
    @APIResponse(ref = ApiDocument.BAD_TEXT, responseCode = "400")
    public SpecificationValidation validate(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        String text = BoundedBody.readText(body, headers, MOST_BYTES);
        return slots.compute(() -> SpecificationValidation.of(text));
    }

    private static final String EXAMPLE = """
            apiVersion: prescale.dev/v1alpha1
            kind: PredictiveAutoscaler
            metadata: {name: chat, namespace: inference}
            spec:
              scaleTargetRef: {name: chat}
              minReplicas: -3
              maxReplicas: 40
              traffic: {influx: {bucket: traffic, measurement: http_requests, field: count, kind: Count}}
              capacity: {perReplica: {requestRate: 12}}
            """;
}
