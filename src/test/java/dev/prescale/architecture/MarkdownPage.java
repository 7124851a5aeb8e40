package dev.prescale.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of the documentation: where its links lead, and where links into it may lead. */
record MarkdownPage(Path file, String prose) {
    private static final Pattern NO_PROSE = Pattern.compile("(?ms)^```.*?^```$|<!--.*?-->");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern LINKED_TEXT = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N} _-]");

    /**
     * A link within the repository.
     *
     * @param target the file or folder
     * @param anchor of a heading, empty where there is none
     */
    record Link(Path target, String anchor) {}

    static MarkdownPage of(Path file) {
        try {
            String text = Files.readString(file);
            return new MarkdownPage(file.normalize(), NO_PROSE.matcher(text).replaceAll(""));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    List<Link> links() {
        return LINK.matcher(prose)
                .results()
                .map(found -> found.group(1))
                .filter(address -> !address.contains("://"))
                .map(this::link)
                .toList();
    }

    private Link link(String address) {
        String[] parts = address.split("#", 2);
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        return new Link(target, parts.length == 1 ? "" : parts[1]);
    }

    List<String> headings() {
        return HEADING.matcher(prose).results().map(found -> found.group(1)).toList();
    }

    /** As GitHub makes them: of equal headings the second one gets {@code -1}. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        for (String heading : headings()) {
            String text = LINKED_TEXT.matcher(heading).replaceAll("$1").toLowerCase(Locale.ROOT);
            String anchor = NOT_IN_ANCHORS.matcher(text).replaceAll("").replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    /** What stands below a heading and above the next one; empty where there is no such heading. */
    String below(String heading) {
        Pattern section = Pattern.compile("(?ms)^#{1,6} +" + Pattern.quote(heading) + " *$(.*?)(?=^#{1,6} |\\z)");
        return section.matcher(prose)
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1).strip())
                .orElse("");
    }
}
