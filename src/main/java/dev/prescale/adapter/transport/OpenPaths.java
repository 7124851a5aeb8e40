package dev.prescale.adapter.transport;

import java.util.regex.Pattern;

/** Paths, normalized, that say nothing about anybody's endpoints. */
public final class OpenPaths {
    private static final Pattern PAGE =
            Pattern.compile("/(index\\.html|favicon\\.svg|favicon\\.ico|(css|js|webjars)/[A-Za-z0-9@._/-]+)?");

    private OpenPaths() {}

    /** Health and metrics. */
    public static boolean isProbe(String path) {
        return path.equals("/q/health") || path.startsWith("/q/health/") || path.equals("/q/metrics");
    }

    /** The files of the page, which are the same for everybody. */
    public static boolean isPage(String path) {
        return PAGE.matcher(path).matches() && !path.contains("..");
    }
}
