package dev.prescale.adapter.transport.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers have without TLS is asked of the service by {@code ProblemTest}. */
class SecurityHeadersTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/endpoints", "/q/swagger-ui/"})
    void overTlsABrowserIsToldToStayThere(String path) {
        assertThat(headers(path, true).get("Strict-Transport-Security")).isEqualTo("max-age=63072000");
        assertThat(headers(path, false).contains("Strict-Transport-Security")).isFalse();
    }

    private static MultiMap headers(String path, boolean isOverTls) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        SecurityHeaders.addTo(headers, path, isOverTls);
        return headers;
    }
}
