package dev.prescale.adapter.report;

import java.util.Locale;

/** Text that goes into markup: what a user named is never read as a tag. */
final class Markup {
    private Markup() {}

    /** For the content of an element or a quoted attribute. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    // what XML cannot hold would make the whole drawing unreadable
                    boolean isText = character >= ' ' || character == '\n' || character == '\t';
                    escaped.appendCodePoint(isText ? character : ' ');
                }
            }
        });
        return escaped.toString();
    }

    /** Numbers with a point whatever the locale. */
    static String decimal(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** JSON that stands in a script element: no text in it can end that. */
    static String inScript(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }
}
