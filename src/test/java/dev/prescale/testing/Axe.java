package dev.prescale.testing;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/**
 * What axe-core finds wrong with a page as it is shown: rules of WCAG that a program can check, such as labels, roles, contrast. What
 * it cannot check, such as whether an order makes sense, is for people.
 */
public final class Axe {
    private static final String ARTEFACT = "axe-core";
    private static final String SCRIPT = script();

    /** axe-core reads canvases of its own back, for which Chromium warns in the console of the page unless it was told before. */
    private static final String SERIOUS = """
            async () => {
              const { prototype } = HTMLCanvasElement;
              const { getContext } = prototype;
              prototype.getContext = function (kind, options) {
                return getContext.call(this, kind, { ...options, willReadFrequently: true });
              };
              try {
                const { violations } = await axe.run({ resultTypes: ['violations'] });
                return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, help, nodes }) =>
                  `${id}: ${help} at ${nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`).join(', ')}`);
              } finally {
                prototype.getContext = getContext;
              }
            }
            """;

    private Axe() {}

    /** Violations of serious and critical impact, each with its rule and where it is. */
    public static List<String> violations(Page page) {
        page.evaluate(SCRIPT);
        List<?> found = (List<?>) page.evaluate(SERIOUS);
        return found.stream().map(Object::toString).toList();
    }

    private static String script() {
        try (InputStream about = resource("/META-INF/maven/org.webjars.npm/" + ARTEFACT + "/pom.properties")) {
            Properties properties = new Properties();
            properties.load(about);
            String file = "/META-INF/resources/webjars/%s/%s/axe.min.js"
                    .formatted(ARTEFACT, properties.getProperty("version"));
            try (InputStream script = resource(file)) {
                return new String(script.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static InputStream resource(String path) throws IOException {
        InputStream found = Axe.class.getResourceAsStream(path);
        if (found == null) {
            throw new IOException("there is no " + path);
        }
        return found;
    }
}
