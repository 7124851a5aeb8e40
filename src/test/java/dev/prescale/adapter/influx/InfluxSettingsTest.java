package dev.prescale.adapter.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InfluxSettingsTest {
    @Test
    void aUserInTheUrlTakesThePlaceOfTheToken() {
        InfluxSettings settings =
                InfluxSettings.of("http://ada:s3cret@db:8086/prefix", () -> "token", "", InfluxDialect.INFLUXQL);
        assertThat(settings.url()).hasToString("http://db:8086/prefix");
        assertThat(settings.token().get()).isEqualTo("ada:s3cret");
    }

    @Test
    void secretsAreNotInItsText() {
        assertThat(InfluxSettings.of("http://ada:s3cret@db:8086", () -> "t0ken", "acme", InfluxDialect.FLUX))
                .asString()
                .contains("http://db:8086", "acme", "flux")
                .doesNotContain("s3cret", "t0ken");
    }

    @Test
    void aUrlThatIsNoneIsRefusedWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("ftp://ada:s3cret@db"))
                .withMessage("the InfluxDB URL must be http:// or https:// with a host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("http://ada:s3cret@[db"))
                .withMessageNotContaining("s3cret");
    }

    @Test
    void fluxNeedsAnOrganisation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfluxSettings.of("http://db", () -> "", " ", InfluxDialect.FLUX))
                .withMessage("the organisation must be given for the dialect flux");
    }

    @Test
    void patienceHasBounds() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InfluxSettings.Timeouts(second, Duration.ZERO, second))
                .withMessage("InfluxDB time-outs must be > 0, were connect PT1S, silence PT0S, read PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InfluxSettings.Retry(0, second, second))
                .withMessage("InfluxDB attempts must be 1 to 10, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InfluxSettings.Breaker(0, second))
                .withMessage("InfluxDB breaker failures must be >= 1, was 0");
    }

    private static InfluxSettings settings(String url) {
        return InfluxSettings.of(url, () -> "", "", InfluxDialect.INFLUXQL);
    }
}
