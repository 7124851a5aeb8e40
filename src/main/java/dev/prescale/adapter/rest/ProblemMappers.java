package dev.prescale.adapter.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Every fault leaves as {@code application/problem+json}. */
final class ProblemMappers {
    static final String NOTHING_HERE = "There is nothing at this path; GET /q/openapi lists what there is.";

    /** What is only asked with a body. */
    private static final Set<String> POST_PATHS = Set.of(
            ForecastResource.PATH,
            PreviewResource.PATH,
            RecommendationResource.PATH,
            SampleResource.PATH,
            SpecificationResource.VALIDATION_PATH);

    private static final Pattern BACKTEST = Pattern.compile(Pattern.quote(BacktestResource.PATH) + "/[^/]+");

    private static final Pattern PAUSE = Pattern.compile("/api/v1/endpoints/[^/]+/[^/]+/(pause|resume)");

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response ofProblem(ProblemException fault) {
        Response.ResponseBuilder response = responseFor(fault.problem());
        Duration retryAfter = fault.retryAfter();
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()));
        }
        return response.build();
    }

    /** What the framework refuses by itself: no such path, wrong method, wrong media type. */
    @ServerExceptionMapper
    Response ofFramework(WebApplicationException fault, UriInfo uri) {
        int status = fault.getResponse().getStatus();
        if (status >= 500) {
            return ofUnexpected(fault);
        }
        Response.ResponseBuilder response = responseFor(Problem.ofStatus(status, detailOf(status, uri.getPath())));
        if (status == 405) {
            response.header(HttpHeaders.ALLOW, allowed(uri.getPath()));
        }
        return response.build();
    }

    /** What a path allows, where that is asked: the framework names the methods of all paths that begin alike. */
    @ServerResponseFilter
    void ofOptions(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)
                && response.getHeaders().containsKey(HttpHeaders.ALLOW)) {
            response.getHeaders()
                    .putSingle(HttpHeaders.ALLOW, allowed(request.getUriInfo().getPath()) + ", OPTIONS");
        }
    }

    private static String allowed(String path) {
        if (POST_PATHS.contains(path) || PAUSE.matcher(path).matches()) {
            return "POST";
        }
        if (path.equals(BacktestResource.PATH)) {
            return "GET, HEAD, POST";
        }
        return BACKTEST.matcher(path).matches() ? "GET, HEAD, DELETE" : "GET, HEAD";
    }

    private static String detailOf(int status, String path) {
        return switch (status) {
            case 404 -> NOTHING_HERE;
            case 405 -> "This path does not know this method; the Allow header lists those it knows.";
            case 406 -> "No answer can be given in the media type of the Accept header; application/json can.";
            case 415 ->
                wrongType(
                        path.equals(SpecificationResource.VALIDATION_PATH)
                                ? "application/yaml or text/plain"
                                : "application/json");
            default -> "The request cannot be understood.";
        };
    }

    static String wrongType(String allowed) {
        return "The Content-Type of the body must be %s.".formatted(allowed);
    }

    /** A fault of ours: logged once with an id; the client sees the id and nothing else. */
    @ServerExceptionMapper
    Response ofUnexpected(Throwable fault) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(fault, "Request failed, id %s", id);
        String detail = "The service failed; its log says why under id " + id + ".";
        return responseFor(Problem.ofStatus(500, detail)).build();
    }

    private static Response.ResponseBuilder responseFor(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }
}
