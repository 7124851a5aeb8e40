package dev.prescale.adapter.transport.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedTest {
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, /q/health, NOTHING",
        "GET, /q/health/live, NOTHING",
        "GET, /q/metrics, NOTHING",
        "POST, /grpc.health.v1.Health/Check, NOTHING",
        // the page asks for a token itself
        "GET, /, NOTHING",
        "HEAD, /, NOTHING",
        "GET, /index.html, NOTHING",
        "GET, /favicon.svg, NOTHING",
        "GET, /js/main.js, NOTHING",
        "GET, /css/page.css, NOTHING",
        "GET, /webjars/uplot/dist/uPlot.esm.js, NOTHING",
        // and so does what describes the API
        "GET, /q/openapi, NOTHING",
        "GET, /q/swagger-ui, NOTHING",
        "GET, /q/swagger-ui/swagger-ui-bundle.js, NOTHING",
        "GET, /q/openapi/x, CALLER",
        "GET, /q/swagger-uix, CALLER",
        // and is nothing but files
        "POST, /, OPERATOR",
        "DELETE, /js/main.js, OPERATOR",
        "GET, /jsx, CALLER",
        "GET, /js, CALLER",
        "GET, /js/, CALLER",
        "GET, /js/..%2Fapi, CALLER",
        "GET, /js/../api/v1/endpoints, CALLER",
        "GET, /q/metrics/x, CALLER",
        "GET, /q/healthy, CALLER",
        "GET, /api/v1/endpoints, CALLER",
        "GET, /api/v1/events, CALLER",
        "POST, /api/v1/forecast, CALLER",
        "POST, /api/v1/preview, CALLER",
        "POST, /api/v1/recommendation, CALLER",
        "POST, /externalscaler.ExternalScaler/IsActive, CALLER_OR_CERTIFICATE",
        "POST, /grpc.reflection.v1.ServerReflection/ServerReflectionInfo, CALLER_OR_CERTIFICATE",
        // everything else changes something
        "PUT, /api/v1/forecast, OPERATOR",
        "POST, /api/v1/forecast/, OPERATOR",
        "POST, /api/v1/samples, OPERATOR",
        "POST, /api/v1/backtests, OPERATOR",
        "DELETE, /api/v1/backtests/x, OPERATOR",
        "POST, /api/v1/endpoints/a/b/pause, OPERATOR",
        "POST, /api/v1/endpoints/a/b/resume, OPERATOR",
        "POST, /q/health, OPERATOR",
        "TRACE, /, OPERATOR",
        "OPTIONS, /, OPERATOR",
        "get, /, OPERATOR"
    })
    void of(String method, String path, Need need) {
        assertThat(Need.of(method, path)).isEqualTo(need);
    }
}
