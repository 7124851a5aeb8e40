package dev.prescale.adapter.externalmetrics;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewFluent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks the API server by {@code TokenReview} and {@code SubjectAccessReview}. */
final class ClusterReviews implements AccessReviews {
    private final KubernetesClient client;
    private final Function<KubernetesClientException, String> sentence;

    /** @param sentence what a fault of the API server means, for people */
    ClusterReviews(KubernetesClient client, Function<KubernetesClientException, String> sentence) {
        this.client = client;
        this.sentence = sentence;
    }

    @Override
    public Optional<Caller> ownerOf(String token) {
        TokenReview review = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .endSpec()
                .build();
        TokenReview answer = asked(() -> client.tokenReviews().create(review));
        boolean isKnown = answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAuthenticated());
        return isKnown ? Optional.of(caller(answer.getStatus().getUser())) : Optional.empty();
    }

    private static Caller caller(UserInfo user) {
        return new Caller(
                user.getUsername(),
                user.getUid() == null ? "" : user.getUid(),
                user.getGroups() == null ? List.of() : user.getGroups(),
                user.getExtra() == null ? Map.of() : user.getExtra());
    }

    @Override
    public Verdict may(Caller caller, Access access) {
        SubjectAccessReviewFluent<SubjectAccessReviewBuilder>.SpecNested<SubjectAccessReviewBuilder> spec =
                new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(caller.name())
                        .withUid(caller.uid())
                        .withGroups(caller.groups())
                        .withExtra(caller.extra());
        SubjectAccessReview review =
                switch (access) {
                    // a metric's values are a list; Kubernetes' own servers ask the same of it
                    case Access.OfMetric metric ->
                        spec.withNewResourceAttributes()
                                .withVerb("list")
                                .withGroup(RequestPath.GROUP)
                                .withVersion(RequestPath.VERSION)
                                .withResource(metric.metric())
                                .withNamespace(metric.namespace())
                                .endResourceAttributes()
                                .endSpec()
                                .build();
                    case Access.OfPath path ->
                        spec.withNewNonResourceAttributes()
                                .withVerb("get")
                                .withPath(path.path())
                                .endNonResourceAttributes()
                                .endSpec()
                                .build();
                };
        SubjectAccessReview answer =
                asked(() -> client.authorization().v1().subjectAccessReview().create(review));
        boolean isAllowed = answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
        String reason = answer.getStatus() == null ? null : answer.getStatus().getReason();
        return new Verdict(isAllowed, reason == null ? "" : reason);
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException fault) {
            throw new Unanswered("Who asks cannot be looked up: %s.".formatted(sentence.apply(fault)));
        }
    }
}
