package dev.prescale.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real InfluxDB for tests, one that somebody runs. Subclasses are those that we start and can stop. */
public class InfluxServer {
    /** The two servers that differ in what they speak. */
    public enum Version {
        /** InfluxQL only, users with passwords. */
        V1("influxdb1", "1."),
        /** Flux and InfluxQL, tokens. */
        V2("influxdb2", "2.");

        final String requirement;
        final String prefix;

        Version(String requirement, String prefix) {
            this.requirement = requirement;
            this.prefix = prefix;
        }
    }

    private static final Pattern ID = Pattern.compile("\"id\":\\s*\"([0-9a-f]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Version version;
    private final String url;
    private final String token;
    private final String org;

    /** @param token {@code user:password} for a server 1.x with authentication */
    InfluxServer(Version version, String url, String token, String org) {
        this.version = version;
        this.url = url;
        this.token = token;
        this.org = org;
    }

    public String url() {
        return url;
    }

    public String token() {
        return token;
    }

    public String org() {
        return org;
    }

    /** Whether {@link #stop} and {@link #start} do something. */
    public boolean canBeStopped() {
        return false;
    }

    /** Ends the server and keeps its data. */
    public void stop() {
        throw new UnsupportedOperationException("this InfluxDB is not ours to stop");
    }

    /** Starts it again on the same address; returns when it answers. */
    public void start() {
        throw new UnsupportedOperationException("this InfluxDB is not ours to start");
    }

    /** Makes a bucket (1.x: a database) with a name of its own and no retention; its name. */
    public String newBucket() {
        String name = "prescale-test-" + UUID.randomUUID();
        switch (version) {
            case V1 -> post("/query?q=" + encoded("CREATE DATABASE \"" + name + "\""), "");
            case V2 -> {
                Matcher id = ID.matcher(get("/api/v2/orgs?org=" + encoded(org)));
                if (!id.find()) {
                    throw new IllegalStateException("no organisation " + org);
                }
                post("/api/v2/buckets", "{\"name\": \"%s\", \"orgID\": \"%s\"}".formatted(name, id.group(1)));
            }
        }
        return name;
    }

    /** Writes line protocol with time stamps in nanoseconds; it can be read when this returns. */
    public void write(String bucket, String lines) {
        switch (version) {
            case V1 -> post("/write?precision=ns&db=" + encoded(bucket), lines);
            case V2 ->
                post("/api/v2/write?precision=ns&bucket=%s&org=%s".formatted(encoded(bucket), encoded(org)), lines);
        }
    }

    String get(String path) {
        return send(request(path).GET());
    }

    String post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    boolean answers() {
        try {
            HttpRequest ping = HttpRequest.newBuilder(URI.create(url + "/ping")).build();
            return http.send(ping, BodyHandlers.discarding()).statusCode() == 204;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        return token.isEmpty() ? request : request.header("Authorization", authorization());
    }

    private String authorization() {
        return version == Version.V1
                ? "Basic " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8))
                : "Token " + token;
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300 || answer.body().contains("\"error\"")) {
                throw new IllegalStateException("InfluxDB says " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
