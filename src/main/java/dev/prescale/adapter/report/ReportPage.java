package dev.prescale.adapter.report;

import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayTrack;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A backtest as one HTML file that asks nothing of anybody: styles, scripts and data stand in it. It looks and reads like the
 * service's page, and is built from the same parts.
 */
public final class ReportPage {
    private static final String OWN = "/dev/prescale/adapter/report/";
    private static final String PAGE = "/META-INF/resources/";
    private static final String UPLOT = PAGE + "webjars/uplot/";
    private static final String UPLOT_PROPERTIES = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private static final List<String> STYLES = List.of(
            PAGE + "css/theme.css",
            PAGE + "css/page.css",
            PAGE + "css/endpoint.css",
            PAGE + "css/backtests.css",
            OWN + "report.css");

    /** Modules, each after those that it imports. */
    private static final List<String> MODULES = List.of(
            PAGE + "js/scheme.js",
            PAGE + "js/dom.js",
            PAGE + "js/format.js",
            PAGE + "js/chart-marks.js",
            PAGE + "js/decisions.js",
            PAGE + "js/frontier.js",
            PAGE + "js/replay-chart.js",
            PAGE + "js/score-table.js",
            PAGE + "js/moment.js",
            OWN + "report-trail.js",
            OWN + "report.js");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import [^;]*;$");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export ");
    private static final Pattern PLACE = Pattern.compile("\\{\\{(title|css|data|uplot|script)}}");

    private final ReplaySetup setup;
    private final BacktestResult result;
    private final List<ReplayTrack> tracks;
    private final Origin origin;

    /**
     * How a report came about.
     *
     * @param command that makes it again
     * @param notes what was odd, in sentences
     * @param specification as it was written; empty where there was none
     */
    public record Origin(String command, List<String> notes, Optional<String> specification) {
        public Origin {
            notes = List.copyOf(notes);
        }
    }

    /** @param tracks one per row of the score sheet, in its order */
    public ReportPage(ReplaySetup setup, BacktestResult result, List<ReplayTrack> tracks, Origin origin) {
        this.setup = setup;
        this.result = result;
        this.tracks = List.copyOf(tracks);
        this.origin = origin;
    }

    /** The caller closes the stream. */
    public void write(OutputStream out) throws IOException {
        String uplot = UPLOT + uplotVersion() + "/";
        Map<String, String> parts = Map.of(
                "title",
                Markup.escaped("Backtest of " + result.scorecard().trace()),
                "css",
                text(uplot + "dist/uPlot.min.css")
                        + STYLES.stream().map(ReportPage::text).collect(Collectors.joining()),
                "uplot",
                // its licence asks that its notice goes with every copy
                "/*\n" + text(uplot + "LICENSE") + "*/\n" + text(uplot + "dist/uPlot.iife.min.js"),
                "script",
                MODULES.stream().map(ReportPage::module).collect(Collectors.joining()),
                "data",
                Markup.inScript(
                        new ReportData(setup, result, tracks, origin).json().toString()));
        String page = PLACE.matcher(text(OWN + "report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
        out.write(page.getBytes(StandardCharsets.UTF_8));
    }

    /** As its WebJar says, whose files lie in a folder of its version. */
    private static String uplotVersion() {
        Properties told = new Properties();
        try {
            told.load(new StringReader(text(UPLOT_PROPERTIES)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return told.getProperty("version");
    }

    /** Modules stand one after another in one script, where they see each other's names without importing them. */
    private static String module(String resource) {
        return EXPORT.matcher(IMPORT.matcher(text(resource)).replaceAll("")).replaceAll("");
    }

    private static String text(String resource) {
        try {
            URL url = ReportPage.class.getResource(resource);
            if (url == null) {
                throw new NoSuchFileException(resource);
            }
            try (InputStream in = url.openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("a part of the report is not in this build", broken);
        }
    }
}
