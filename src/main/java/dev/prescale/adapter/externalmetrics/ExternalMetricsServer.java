package dev.prescale.adapter.externalmetrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prescale.adapter.externalmetrics.ExternalMetricsApi.Answer;
import dev.prescale.config.ExternalMetrics;
import dev.prescale.control.FleetView;
import dev.prescale.control.SignalBoard;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.TrustOptions;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The listener: TLS with a certificate of its own, certificates of clients asked for, everything bounded. HTTP/1.1 only: the few
 * who ask keep their connections.
 */
public final class ExternalMetricsServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExternalMetricsServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** They wait for the cluster, when nobody has asked it the same in the last ten seconds. */
    private static final int THREADS = 8;

    private static final int MOST_AT_A_TIME = 64;
    private static final int MOST_CONNECTIONS = 512;
    private static final int LONGEST_LINE = 8 * 1024;
    /** A user may be in hundreds of groups, each a header. */
    private static final int LONGEST_HEADERS = 64 * 1024;

    /** Longer than API servers keep an idle connection, so that it is they who close it. */
    private static final int IDLE_SECONDS = 120;

    private static final int LONGEST_START_SECONDS = 30;
    private static final long MILLIS_UNTIL_CUT = 500;

    private final Vertx vertx;
    private final ExternalMetrics settings;
    private final TrustBoard trust;
    private final ExternalMetricsApi api;
    private final InstantSource clock;
    private final ExternalMetricsMeters meters;
    private final WorkerExecutor workers;
    private final HttpServer server;
    private final HttpServerOptions options;
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile ServingCertificate certificate;
    private String certificateFault = "";

    /** @param sentence what a fault of the API server means, for people */
    public record Cluster(KubernetesClient client, Function<KubernetesClientException, String> sentence) {}

    /** It cannot begin. The message is a sentence. */
    public static final class NotStarted extends Exception {
        NotStarted(String sentence) {
            super(sentence);
        }
    }

    private ExternalMetricsServer(
            Vertx vertx,
            ExternalMetrics settings,
            TrustBoard trust,
            ExternalMetricsApi api,
            InstantSource clock,
            ExternalMetricsMeters meters)
            throws ServingCertificate.Unusable {
        this.vertx = vertx;
        this.settings = settings;
        this.trust = trust;
        this.api = api;
        this.clock = clock;
        this.meters = meters;
        this.certificate = ServingCertificate.read(vertx, settings.certificate(), settings.key());
        this.workers = vertx.createSharedWorkerExecutor("external-metrics", THREADS, 1, TimeUnit.MINUTES);
        this.options = new HttpServerOptions()
                .setPort(settings.port())
                .setSsl(true)
                .setUseAlpn(false)
                .setClientAuth(ClientAuth.REQUEST)
                .setTrustOptions(TrustOptions.wrap(new AnyCertificate()))
                .setKeyCertOptions(certificate.options())
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setIdleTimeout(IDLE_SECONDS);
        this.server = vertx.createHttpServer(options);
    }

    /** Listens from here on. */
    public static ExternalMetricsServer begin(
            Vertx vertx,
            ExternalMetrics settings,
            Cluster cluster,
            FleetView fleet,
            SignalBoard board,
            InstantSource clock,
            ExternalMetricsMeters meters)
            throws NotStarted {
        TrustSource source = settings.clientCa()
                .map(TrustSources::ofFile)
                .orElseGet(() -> TrustSources.ofCluster(cluster.client(), cluster.sentence()));
        TrustBoard trust = new TrustBoard(source);
        AccessReviews reviews = new CachedReviews(new ClusterReviews(cluster.client(), cluster.sentence()), clock);
        return begin(vertx, settings, trust, reviews, new MetricLists(fleet, board), clock, meters);
    }

    static ExternalMetricsServer begin(
            Vertx vertx,
            ExternalMetrics settings,
            TrustBoard trust,
            AccessReviews reviews,
            MetricLists lists,
            InstantSource clock,
            ExternalMetricsMeters meters)
            throws NotStarted {
        try {
            ExternalMetricsApi api = new ExternalMetricsApi(trust, reviews, lists);
            ExternalMetricsServer begun = new ExternalMetricsServer(vertx, settings, trust, api, clock, meters);
            begun.listen();
            return begun;
        } catch (ServingCertificate.Unusable unusable) {
            throw new NotStarted(String.valueOf(unusable.getMessage()));
        }
    }

    private void listen() throws NotStarted {
        server.connectionHandler(connection -> {
            connection.closeHandler(closed -> connections.decrementAndGet());
            if (connections.incrementAndGet() > MOST_CONNECTIONS) {
                connection.close();
            }
        });
        server.requestHandler(this::receive);
        try {
            server.listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(LONGEST_START_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException fault) {
            workers.close();
            throw new NotStarted("port %d cannot be listened on: %s".formatted(settings.port(), fault.getCause()));
        }
        meters.certificateExpires(certificate.expires());
        LOG.infof("External metrics are served on port %d", server.actualPort());
        trust.refresh();
        tellOfExpiry();
    }

    int port() {
        return server.actualPort();
    }

    /** Follows what changes beside it: its own certificate, and whose certificates are believed. Every few seconds. */
    public synchronized void tend() {
        trust.refresh();
        try {
            ServingCertificate found = ServingCertificate.read(vertx, settings.certificate(), settings.key());
            certificateFault = "";
            if (!found.equals(certificate)) {
                show(found);
            }
        } catch (ServingCertificate.Unusable unusable) {
            String fault = String.valueOf(unusable.getMessage());
            if (!fault.equals(certificateFault)) {
                LOG.warnf("External metrics keep their certificate: %s", fault);
            }
            certificateFault = fault;
        }
    }

    /** To whoever connects from now on. Where it fails the next look tries again. */
    private void show(ServingCertificate found) {
        options.setKeyCertOptions(found.options());
        server.updateSSLOptions(options.getSslOptions())
                .onSuccess(isNew -> {
                    certificate = found;
                    meters.certificateExpires(found.expires());
                    LOG.infof("External metrics have a new certificate, which holds until %s", found.expires());
                })
                .onFailure(fault -> LOG.warnf("The new certificate of external metrics is not shown: %s", fault));
    }

    private void tellOfExpiry() {
        if (certificate.expires().isBefore(clock.instant())) {
            LOG.warnf("The certificate of external metrics has expired at %s: nobody will ask", certificate.expires());
        }
    }

    private void receive(HttpServerRequest request) {
        if (ReceivedQuestion.hasBody(request)) {
            // what it holds is never read, so the connection cannot go on; it is cut when the answer has had time to
            // arrive
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            vertx.setTimer(MILLIS_UNTIL_CUT, late -> request.connection().close());
            boolean isGet = request.method().name().equals("GET");
            ApiFault fault = isGet
                    ? ApiFault.ofBadRequest("A GET has no body here.")
                    : ApiFault.ofMethod("External metrics are only read: %s is not allowed."
                            .formatted(request.method().name()));
            send(request, Answer.of(fault));
            return;
        }
        if (atWork.incrementAndGet() > MOST_AT_A_TIME) {
            atWork.decrementAndGet();
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            send(request, Answer.of(ApiFault.ofTooManyRequests()));
            return;
        }
        Question question = ReceivedQuestion.of(request);
        workers.executeBlocking(() -> api.answer(question, clock.instant()), false)
                .onComplete(result -> {
                    atWork.decrementAndGet();
                    send(request, result.succeeded() ? result.result() : Answer.of(ApiFault.ofOurs()));
                });
    }

    private void send(HttpServerRequest request, Answer answer) {
        meters.answered(answer.code());
        boolean isText = answer.body() instanceof String;
        request.response()
                .setStatusCode(answer.code())
                .putHeader(HttpHeaders.CONTENT_TYPE, isText ? "text/plain" : "application/json")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(isText ? Buffer.buffer((String) answer.body()) : json(answer.body()));
    }

    private static Buffer json(Object body) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** Nobody is answered any more. */
    @Override
    public void close() {
        server.close();
        workers.close();
    }
}
