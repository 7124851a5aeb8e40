package dev.prescale.adapter.externalmetrics;

import static dev.prescale.testing.Snapshots.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.testing.Authority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
    private static final Authority OLD = Authority.of("old", NOON);
    private static final Authority NEW = Authority.of("new", NOON);

    @Test
    void aBundleMayHoldSeveral() {
        ClientTrust trust = TrustSources.ofData(Map.of("requestheader-client-ca-file", OLD.pem() + "\n" + NEW.pem()));

        assertThat(trust.frontProxies()).containsExactlyInAnyOrder(OLD.certificate(), NEW.certificate());
        assertThat(trust.allowedNames()).isEmpty();
        assertThat(trust.headers().user()).containsExactly("X-Remote-User");
        // an API server that does not name it does not strip it from what its clients send
        assertThat(trust.headers().uid()).isEmpty();
        assertThat(trust.clients()).isEmpty();
    }

    @Test
    void whatIsMalformedIsSaid() {
        assertThatThrownBy(() -> TrustSources.ofData(Map.of("requestheader-allowed-names", "front-proxy-client")))
                .hasMessage("requestheader-allowed-names is no list of texts");
        assertThatThrownBy(() -> TrustSources.ofData(
                        Map.of("client-ca-file", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")))
                .hasMessage("a certificate is malformed");
    }

    @Test
    void aFileIsReadAnewAndWhatWasKnownStays(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.crt"), OLD.pem());
        TrustBoard board = new TrustBoard(TrustSources.ofFile(file));
        assertThat(board.isKnown()).isFalse();
        board.refresh();
        assertThat(board.trust().frontProxies()).containsExactly(OLD.certificate());

        Files.writeString(file, "half a certif");
        board.refresh();
        assertThat(board.trust().frontProxies()).containsExactly(OLD.certificate());

        Files.writeString(file, NEW.pem());
        board.refresh();
        assertThat(board.trust().frontProxies()).containsExactly(NEW.certificate());
    }
}
