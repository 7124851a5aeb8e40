package dev.prescale.adapter.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Carries out {@link PerCycle}. */
@Provider
@PerCycle
class PerCycleFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String TAG = PerCycleFilter.class.getName();

    /** To be asked after each time; and no cache that others share keeps what may need a token. */
    private static final String CACHING = "private, no-cache";

    private final StateRevision revision;

    PerCycleFilter(StateRevision revision) {
        this.revision = revision;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        // before anything is read: an answer may be newer than its tag, never older
        EntityTag tag = revision.tag();
        request.setProperty(TAG, tag);
        Response.ResponseBuilder unchanged = request.getRequest().evaluatePreconditions(tag);
        if (unchanged != null) {
            request.abortWith(unchanged.build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if ((response.getStatus() == 200 || response.getStatus() == 304)
                && request.getProperty(TAG) instanceof EntityTag tag) {
            response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, CACHING);
        }
    }
}
