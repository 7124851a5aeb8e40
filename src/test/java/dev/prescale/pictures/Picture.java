package dev.prescale.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An SVG picture: a title, a legend and panels. Colours are classes, so that the picture follows a reader's dark or light
 * scheme; it paints its own background and stays readable where the page around it does not follow.
 */
final class Picture {
    static final int WIDTH = 960;
    private static final int LEGEND_Y = 34;
    private static final String STYLE = """
            <style>
            .back{fill:#fff}.text{fill:#1f2937}.soft{fill:#6b7280}.grid{stroke:#e5e7eb}.now{stroke:#9ca3af}
            .outer{fill:#bfdbfe}.inner{fill:#93c5fd}.median{stroke:#1d4ed8}.truth{stroke:#111827}.load{fill:#cbd5e1}
            .first{stroke:#b45309}.second{stroke:#0f766e}.third{stroke:#7c3aed}
            path.line,line{fill:none}.line{stroke-width:1.6}.dash{stroke-dasharray:5 4}
            @media (prefers-color-scheme:dark){
            .back{fill:#0d1117}.text{fill:#e5e7eb}.soft{fill:#9ca3af}.grid{stroke:#293040}.now{stroke:#6b7280}
            .outer{fill:#1e3a5f}.inner{fill:#2b5c99}.median{stroke:#93c5fd}.truth{stroke:#f9fafb}.load{fill:#374151}
            .first{stroke:#f59e0b}.second{stroke:#2dd4bf}.third{stroke:#c4b5fd}}
            </style>
            """;

    private final String title;
    private final int height;
    private final List<Mark> legend = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();

    /** A kind of mark and what it stands for; {@code styles} are classes. */
    private record Mark(String styles, boolean area, String label) {}

    Picture(String title, int height) {
        this.title = title;
        this.height = height;
    }

    Picture area(String styles, String label) {
        legend.add(new Mark(styles, true, label));
        return this;
    }

    Picture line(String styles, String label) {
        legend.add(new Mark(styles, false, label));
        return this;
    }

    void add(String svg) {
        body.append(svg);
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    String toSvg() {
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" font-size=\"12\">%n",
                WIDTH, height));
        svg.append(STYLE);
        svg.append("<rect class=\"back\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n");
        svg.append(format(
                "<text class=\"text\" x=\"%d\" y=\"20\" font-size=\"14\" font-weight=\"600\">%s</text>%n",
                Panel.LEFT, title));
        int x = Panel.LEFT;
        for (Mark mark : legend) {
            svg.append(
                    mark.area
                            ? format(
                                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"16\" height=\"8\"/>",
                                    mark.styles, x, LEGEND_Y)
                            : format("<path class=\"line %s\" d=\"M%d %dh16\"/>", mark.styles, x, LEGEND_Y + 4));
            svg.append(format("<text class=\"soft\" x=\"%d\" y=\"%d\">%s</text>%n", x + 21, LEGEND_Y + 8, mark.label));
            x += 42 + (int) (6.2 * mark.label.length());
        }
        return svg.append(body).append("</svg>\n").toString();
    }
}
