package dev.prescale.adapter.transport;

import java.util.regex.Pattern;

/** Paths, normalized, that say nothing about anybody's endpoints. */
public final class OpenPaths {
    private static final Pattern PAGE =
            Pattern.compile("/(index\\.html|favicon\\.svg|favicon\\.ico|(css|js|webjars)/[A-Za-z0-9@._/-]+)?");

    private static final String SWAGGER_UI = "/q/swagger-ui";

    private OpenPaths() {}

    /** Health and metrics. */
    public static boolean isProbe(String path) {
        return path.equals("/q/health") || path.startsWith("/q/health/") || path.equals("/q/metrics");
    }

    /** The description of the API and what shows it, the same for everybody too: a browser cannot send a token to get them. */
    public static boolean isDescription(String path) {
        return path.equals("/q/openapi") || isSwaggerUi(path);
    }

    /** Pages and scripts of Swagger UI, which asks for a token itself. */
    public static boolean isSwaggerUi(String path) {
        return path.equals(SWAGGER_UI) || path.startsWith(SWAGGER_UI + "/");
    }

    /** The files of the page, which are the same for everybody. */
    public static boolean isPage(String path) {
        return PAGE.matcher(path).matches() && !path.contains("..");
    }
}
