package dev.prescale.adapter.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;

/**
 * Completes the OpenAPI document when the application is built: the token that every call may carry, what may be null, the
 * problems that every call may answer with, and an example of every answer, {@code META-INF/openapi/OPERATION.json}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocumentFilter implements OASFilter {
    private static final String API = "/api/";
    private static final String JSON = "application/json";
    private static final String BEARER = "bearer";

    /** Whatever is asked: a parameter that is not known, an Accept header, a token, another site, a pace. */
    private static final List<SharedProblem> OF_ALL = List.of(
            SharedProblem.INVALID_INPUT,
            SharedProblem.NOT_ACCEPTABLE,
            SharedProblem.UNAUTHORIZED,
            SharedProblem.FORBIDDEN,
            SharedProblem.TOO_MANY_REQUESTS);

    private final ObjectMapper mapper = new ObjectMapper();
    private final NullableProperties nullable;

    /** @param index of the classes of the application */
    public ApiDocumentFilter(IndexView index) {
        this.nullable = new NullableProperties(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().getSchemas().forEach(nullable::complete);
        for (SharedProblem problem : SharedProblem.values()) {
            document.getComponents().addResponse(problem.reference(), responseOf(problem));
        }
        document.getComponents().addSecurityScheme(BEARER, bearer());
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(API)) {
                item.getOperations().values().forEach(operation -> complete(item, operation));
            }
        });
    }

    private static SecurityScheme bearer() {
        return OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("A token of a reader or an operator, where the service is told to want one.");
    }

    private APIResponse responseOf(SharedProblem problem) {
        MediaType content = OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("Problem"))
                .addExample("problem", example(mapper.valueToTree(problem.example())));
        return OASFactory.createAPIResponse()
                .description(problem.description())
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, content));
    }

    private void complete(PathItem item, Operation operation) {
        operation
                .addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(BEARER))
                .addSecurityRequirement(OASFactory.createSecurityRequirement());
        APIResponses responses = operation.getResponses();
        Stream.concat(OF_ALL.stream(), ofBody(operation)).forEach(problem -> {
            if (!responses.hasAPIResponse(problem.status())) {
                responses.addAPIResponse(
                        problem.status(), OASFactory.createAPIResponse().ref(problem.reference()));
            }
        });
        Stream.of(item.getParameters(), operation.getParameters())
                .filter(parameters -> parameters != null)
                .flatMap(List::stream)
                .forEach(ApiDocumentFilter::complete);
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2") && response.getContent() != null) {
                addExample(operation.getOperationId(), response.getContent().getMediaTypes());
            }
        });
    }

    private static Stream<SharedProblem> ofBody(Operation operation) {
        return operation.getRequestBody() == null
                ? Stream.empty()
                : Stream.of(SharedProblem.UNSUPPORTED_MEDIA_TYPE, SharedProblem.TOO_LARGE);
    }

    /** One that says nothing of its form is text: an instant, a duration, a list. */
    private static void complete(Parameter parameter) {
        if (parameter.getSchema() == null && parameter.getRef() == null) {
            parameter.setSchema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
        }
    }

    private void addExample(String operation, Map<String, MediaType> contents) {
        contents.forEach(
                (type, content) -> read(operation, type).ifPresent(value -> content.addExample("answer", value)));
    }

    private Optional<Example> read(String operation, String type) {
        boolean isJson = type.equals(JSON);
        String resource = "/META-INF/openapi/%s.%s".formatted(operation, isJson ? "json" : "txt");
        try (InputStream file = ApiDocumentFilter.class.getResourceAsStream(resource)) {
            if (file == null) {
                return Optional.empty();
            }
            return Optional.of(isJson ? example(mapper.readTree(file)) : text(new String(file.readAllBytes(), UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource + " is no JSON", unreadable);
        }
    }

    private Example example(JsonNode value) {
        return OASFactory.createExample().value(mapper.convertValue(value, Object.class));
    }

    private static Example text(String value) {
        return OASFactory.createExample().value(value);
    }
}
