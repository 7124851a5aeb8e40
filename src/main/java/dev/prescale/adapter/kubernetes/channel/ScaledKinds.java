package dev.prescale.adapter.kubernetes.channel;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How kinds are called in the API and whether they can be scaled, asked for once per API. What is not there may come: it is
 * asked for again after a while. Safe for use by many threads.
 */
final class ScaledKinds {
    private static final String SCALE = "/scale";
    private static final Duration LOOKS_AGAIN_AFTER = Duration.ofMinutes(1);

    private final ApiWrites api;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    ScaledKinds(ApiWrites api) {
        this.api = api;
    }

    /** What is known of a kind. */
    sealed interface Known {}

    record Scalable(ResourceDefinitionContext context) implements Known {}

    record NotScalable(String reason, Instant asOf) implements Known {}

    /** @throws KubernetesClientException where the server does not say */
    Known of(ScaleTargetRef target, Instant now) {
        String key = key(target);
        Known before = known.get(key);
        if (before instanceof Scalable
                || (before instanceof NotScalable not && now.isBefore(not.asOf().plus(LOOKS_AGAIN_AFTER)))) {
            return before;
        }
        Known found = lookUp(target, now);
        known.put(key, found);
        return found;
    }

    /** As a role names what is written. */
    String resource(ScaleTargetRef target) {
        if (known.get(key(target)) instanceof Scalable kind) {
            String group = kind.context().getGroup();
            return kind.context().getPlural() + SCALE + (group.isEmpty() ? "" : " in the API group " + group);
        }
        return "the scale subresource of %s in %s".formatted(target.kind(), target.apiVersion());
    }

    /** It was not where it was said to be. */
    void forget(ScaleTargetRef target) {
        known.remove(key(target));
    }

    private static String key(ScaleTargetRef target) {
        return target.apiVersion() + "/" + target.kind();
    }

    private Known lookUp(ScaleTargetRef target, Instant now) {
        APIResourceList list = api.kindsOf(target.apiVersion());
        if (list == null || list.getResources() == null) {
            return new NotScalable("the cluster has no API %s".formatted(target.apiVersion()), now);
        }
        List<APIResource> resources = list.getResources();
        APIResource kind = resources.stream()
                .filter(resource -> target.kind().equals(resource.getKind())
                        && !resource.getName().contains("/"))
                .findFirst()
                .orElse(null);
        if (kind == null) {
            return new NotScalable(
                    "the cluster has no kind %s in %s".formatted(target.kind(), target.apiVersion()), now);
        }
        if (resources.stream().noneMatch(resource -> resource.getName().equals(kind.getName() + SCALE))) {
            return new NotScalable(
                    "%s in %s has no scale subresource: nobody can scale it"
                            .formatted(target.kind(), target.apiVersion()),
                    now);
        }
        int slash = target.apiVersion().indexOf('/');
        return new Scalable(new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : target.apiVersion().substring(0, slash))
                .withVersion(target.apiVersion().substring(slash + 1))
                .withKind(target.kind())
                .withPlural(kind.getName())
                .withNamespaced(true)
                .build());
    }
}
