package dev.prescale.adapter.rest;

import dev.prescale.config.SpecTexts;
import dev.prescale.control.EndpointId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The specification of an endpoint as text, so that an editor has something to begin with. */
@Path("/api/v1/endpoints")
@Tag(name = "Specifications")
class EndpointSpecificationResource {
    private final SpecTexts texts;
    private final EndpointLookup endpoints;

    EndpointSpecificationResource(SpecTexts texts, EndpointLookup endpoints) {
        this.texts = texts;
        this.endpoints = endpoints;
    }

    @GET
    @Path("{namespace}/{name}/specification")
    @Produces(SpecificationResource.YAML)
    @Operation(
            operationId = "getSpecification",
            summary = "Show the specification in force",
            description =
                    "As it was read, comments included; that of a resource of the cluster is written as YAML, with the"
                            + " annotations of Prescale and no others.")
    @APIResponse(
            responseCode = "200",
            description = "One YAML document",
            // no schema: to who reads YAML it is an object, to everybody else a text
            content = @Content(mediaType = SpecificationResource.YAML))
    @APIResponse(ref = ApiDocument.UNKNOWN_ENDPOINT, responseCode = "404")
    public String specification(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        EndpointId id = endpoints.idOf(namespace, name);
        return texts.textOf(id)
                .orElseThrow(() -> ProblemException.ofStatus(
                        404, "The specification of %s has just changed and cannot be shown at present.".formatted(id)));
    }
}
