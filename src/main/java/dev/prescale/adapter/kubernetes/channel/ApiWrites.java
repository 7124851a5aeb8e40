package dev.prescale.adapter.kubernetes.channel;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The few requests that are made, one attempt each. Answers are those of the API server; every fault is a
 * {@link KubernetesClientException}.
 */
final class ApiWrites implements AutoCloseable {
    /** As whom Prescale writes. */
    static final String FIELD_MANAGER = "prescale";

    private static final String RETRY_AFTER = "Retry-After";
    static final int OVERLOADED = 429;
    static final int UNAVAILABLE = 503;

    private final KubernetesClient client;
    private final WaitSaid waitSaid;

    private ApiWrites(KubernetesClient client, WaitSaid waitSaid) {
        this.client = client;
        this.waitSaid = waitSaid;
    }

    /** To the same server with the same credentials and time-outs, over connections of their own. */
    static ApiWrites beside(KubernetesClient other) {
        WaitSaid waitSaid = new WaitSaid();
        return new ApiWrites(
                new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(other.getConfiguration())
                                .withRequestRetryBackoffLimit(0)
                                .build())
                        .withHttpClientBuilderConsumer(
                                http -> http.addOrReplaceInterceptor("prescale-retry-after", waitSaid))
                        .build(),
                waitSaid);
    }

    /** What a refused client should do is said in a header that the client's exceptions do not have. */
    private static final class WaitSaid implements Interceptor {
        private volatile @Nullable String seconds;

        @Override
        public void after(
                HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            if (response.code() == OVERLOADED || response.code() == UNAVAILABLE) {
                seconds = response.header(RETRY_AFTER);
            }
        }
    }

    /** What the server said last that a refused client should wait, null where it has not. */
    @Nullable
    Duration lastRetryAfter() {
        String seconds = waitSaid.seconds;
        try {
            return seconds == null ? null : Duration.ofSeconds(Long.parseLong(seconds.strip()));
        } catch (NumberFormatException | ArithmeticException aDate) {
            return null;
        }
    }

    /** The kinds of an API, null where there is no such API. */
    @Nullable
    APIResourceList kindsOf(String apiVersion) {
        return client.getApiResources(apiVersion);
    }

    /** A JSON patch of a subresource. */
    GenericKubernetesResource patchSubresource(
            ResourceDefinitionContext kind, String namespace, String name, String subresource, JsonPatch patch) {
        ObjectMeta meta =
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build();
        return resource(kind, meta).subresource(subresource).patch(json(FIELD_MANAGER), patch.text());
    }

    /** A JSON patch, an {@code Update} in the name of any field manager. */
    GenericKubernetesResource patch(
            ResourceDefinitionContext kind, ObjectMeta whose, String fieldManager, JsonPatch patch) {
        return resource(kind, whose).patch(json(fieldManager), patch.text());
    }

    /**
     * A server-side apply: what is not in it and is owned by us alone goes away.
     *
     * @param isForced takes over what others own
     */
    GenericKubernetesResource apply(
            ResourceDefinitionContext kind, GenericKubernetesResource applied, boolean isForced) {
        PatchContext context = PatchContext.of(PatchType.SERVER_SIDE_APPLY);
        context.setFieldManager(FIELD_MANAGER);
        context.setForce(isForced);
        return resource(kind, applied.getMetadata())
                .patch(context, client.getKubernetesSerialization().asJson(applied));
    }

    private static PatchContext json(String fieldManager) {
        PatchContext context = PatchContext.of(PatchType.JSON);
        context.setFieldManager(fieldManager);
        return context;
    }

    /** With an item at hand, so that it is not read before it is patched. */
    private Resource<GenericKubernetesResource> resource(ResourceDefinitionContext kind, ObjectMeta whose) {
        GenericKubernetesResource item = new GenericKubernetesResource();
        item.setApiVersion(kind.getGroup().isEmpty() ? kind.getVersion() : kind.getGroup() + "/" + kind.getVersion());
        item.setKind(kind.getKind());
        item.setMetadata(new ObjectMetaBuilder()
                .withNamespace(whose.getNamespace())
                .withName(whose.getName())
                .build());
        return client.genericKubernetesResources(kind)
                .inNamespace(whose.getNamespace())
                .resource(item);
    }

    @Override
    public void close() {
        client.close();
    }
}
