package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs/configuration.md");

    @Test
    void thePageSaysWhatTheCodeDoes() throws IOException {
        if (Boolean.getBoolean("prescale.docs.write")) {
            Files.writeString(PAGE, ConfigurationPage.text());
        }
        assertThat(PAGE)
                .as("mvn test -Dtest=ConfigurationPageTest -Dprescale.docs.write=true writes it")
                .hasContent(ConfigurationPage.text());
    }
}
