package dev.prescale.adapter.externalmetrics;

import dev.prescale.adapter.externalmetrics.AccessReviews.Access;
import dev.prescale.adapter.externalmetrics.AccessReviews.Verdict;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * From a request to an answer: 1. the method; 2. probes, which are open; 3. who asks; 4. whether there is such a path; 5. whether
 * it may be read; 6. what is there. May wait for the cluster, for nothing else.
 */
final class ExternalMetricsApi {
    private static final Logger LOG = Logger.getLogger(ExternalMetricsApi.class);

    private final TrustBoard trust;
    private final Authenticator authenticator;
    private final AccessReviews reviews;
    private final MetricLists lists;

    /** @param body a text, or an object for JSON */
    record Answer(int code, Object body) {
        static Answer of(ApiFault fault) {
            return new Answer(fault.code(), fault.status());
        }
    }

    ExternalMetricsApi(TrustBoard trust, AccessReviews reviews, MetricLists lists) {
        this.trust = trust;
        this.authenticator = new Authenticator(trust, reviews);
        this.reviews = reviews;
        this.lists = lists;
    }

    Answer answer(Question question, Instant now) {
        try {
            return answerOrFault(question, now);
        } catch (ApiFault fault) {
            return Answer.of(fault);
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "External metrics: %s %s failed", question.method(), question.path());
            return Answer.of(ApiFault.ofOurs());
        }
    }

    private Answer answerOrFault(Question question, Instant now) {
        if (!question.method().equals("GET")) {
            throw ApiFault.ofMethod("External metrics are only read: %s is not allowed.".formatted(question.method()));
        }
        RequestPath path = RequestPath.of(question.path());
        if (path instanceof RequestPath.Health health) {
            return health(health);
        }
        Caller caller = authenticator.caller(question, now);
        return switch (path) {
            case RequestPath.Groups groups -> document(caller, question, ApiDocuments.groups());
            case RequestPath.Group group -> document(caller, question, ApiDocuments.group());
            case RequestPath.Resources resources -> document(caller, question, ApiDocuments.resources());
            case RequestPath.OpenApi openApi -> document(caller, question, OpenApiDocument.V2);
            case RequestPath.Values values -> values(caller, values, question, now);
            case RequestPath.Nothing nothing -> throw ApiFault.ofNotFound(question.path());
            case RequestPath.Health health -> health(health);
        };
    }

    private Answer health(RequestPath.Health health) {
        if (health.isReadiness()) {
            trust.trust();
        }
        return new Answer(200, "ok");
    }

    private Answer document(Caller caller, Question question, Object document) {
        require(caller, new Access.OfPath(question.path()));
        return new Answer(200, document);
    }

    private Answer values(Caller caller, RequestPath.Values values, Question question, Instant now) {
        require(caller, new Access.OfMetric(values.namespace(), values.metric()));
        if (question.parameter("watch").stream().anyMatch(value -> !value.equals("false") && !value.equals("0"))) {
            throw ApiFault.ofMethod("External metrics cannot be watched.");
        }
        return new Answer(200, lists.list(values.namespace(), values.metric(), selector(question), now));
    }

    private static LabelSelector selector(Question question) {
        List<String> given = question.parameter("labelSelector");
        if (given.size() > 1) {
            throw ApiFault.ofBadRequest("labelSelector is given %d times.".formatted(given.size()));
        }
        try {
            return given.isEmpty() ? LabelSelector.EVERYTHING : SelectorReader.read(given.getFirst());
        } catch (IllegalArgumentException malformed) {
            throw ApiFault.ofBadRequest(malformed.getMessage() + ".");
        }
    }

    private void require(Caller caller, Access access) {
        Verdict verdict;
        try {
            verdict = reviews.may(caller, access);
        } catch (AccessReviews.Unanswered silence) {
            throw ApiFault.ofUnavailable(String.valueOf(silence.getMessage()));
        }
        if (!verdict.isAllowed()) {
            String what =
                    switch (access) {
                        case Access.OfMetric metric ->
                            "list %s.%s in the namespace \"%s\""
                                    .formatted(metric.metric(), RequestPath.GROUP, metric.namespace());
                        case Access.OfPath path -> "get " + path.path();
                    };
            String reason = verdict.reason().isEmpty() ? "" : ": " + verdict.reason();
            throw ApiFault.ofForbidden("User \"%s\" may not %s%s".formatted(caller.name(), what, reason));
        }
    }
}
