package dev.prescale.adapter.rest;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Live state for the dashboard. */
@Path("/api/v1/events")
@Tag(name = "Endpoints")
class EventResource {
    private final FleetEvents events;

    EventResource(FleetEvents events) {
        this.events = events;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "followEndpoints",
            summary = "Follow all endpoints",
            description =
                    "Server-sent events named `fleet`; the data is the body of GET /api/v1/endpoints. One at once,"
                            + " then one per control cycle, at most two per second. A comment line every 15 s keeps a silent"
                            + " connection open.")
    @APIResponse(responseCode = "200", description = "A stream that ends with the connection")
    public Multi<OutboundSseEvent> follow(@Context Sse sse, @Context UriInfo uri) {
        QueryParameters.of(uri).throwIfInvalid();
        return events.subscribe().map(event -> switch (event) {
            case FleetEvents.Fleet fleet ->
                sse.newEventBuilder()
                        .name("fleet")
                        .data(String.class, fleet.json())
                        .build();
            case FleetEvents.Heartbeat ignored ->
                sse.newEventBuilder().comment("heartbeat").build();
        });
    }
}
