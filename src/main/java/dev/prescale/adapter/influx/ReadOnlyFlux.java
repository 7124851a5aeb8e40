package dev.prescale.adapter.influx;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Lets a user's own Flux pass only if it can do no more than read: known functions, functions that the text defines
 * itself, and imports that only compute. Whatever is not known is refused, as are the few words that could get around it.
 */
final class ReadOnlyFlux {
    /** Packages without functions that write, call out or read secrets. */
    private static final Set<String> IMPORTS = Set.of(
            "date",
            "experimental/aggregate",
            "influxdata/influxdb/schema",
            "interpolate",
            "join",
            "math",
            "regexp",
            "strings",
            "timezone",
            "types");

    private static final Set<String> FUNCTIONS = Set.of("""
            from range filter map group window aggregateWindow sum count mean median min max first last quantile
            spread stddev mode difference derivative increase cumulativeSum elapsed integral movingAverage
            timedMovingAverage exponentialMovingAverage fill keep drop rename duplicate set sort limit tail top
            bottom distinct unique union join pivot reduce timeShift truncateTimeColumn toFloat toInt toUInt
            toTime float int uint string bool time duration yield now contains length stateCount stateDuration
            sample holtWinters kaufmansAMA columns keys""".split("\\s+"));

    /** They write, change what the query means for the server, or let it call other hosts. */
    private static final Set<String> FORBIDDEN = Set.of("to", "wideTo", "option", "builtin", "testcase", "package");

    private static final Set<String> FORBIDDEN_ARGUMENTS = Set.of("host", "token", "org", "orgID");

    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "if", "then", "else", "return", "with");

    /** Strings, comments and the rest; a slash that begins no comment is a division or begins a regular expression. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<string>\"(?:[^\"\\\\]|\\\\.)*+\")|(?<comment>//[^\\n]*+)|(?<word>[\\p{L}_][\\p{L}\\p{N}_]*+)|(?<other>\\S)",
            Pattern.DOTALL);

    private ReadOnlyFlux() {}

    /** Why a query is not taken, empty where it is. */
    static Optional<String> refusal(String query) {
        List<MatchResult> tokens = TOKEN.matcher(query)
                .results()
                .filter(token -> token.group("comment") == null)
                .toList();
        return new Reading(tokens).refusal();
    }

    private record Reading(List<MatchResult> tokens) {
        Optional<String> refusal() {
            Set<String> defined = defined();
            for (int k = 0; k < tokens.size(); k++) {
                String fault = faultAt(k, defined);
                if (!fault.isEmpty()) {
                    return Optional.of("the query must only read: " + fault);
                }
            }
            return Optional.empty();
        }

        private String faultAt(int k, Set<String> defined) {
            String text = text(k);
            if (tokens.get(k).group("string") != null) {
                return text.contains("${") ? "strings with ${} are not allowed" : "";
            }
            if (text.equals("\"")) {
                return "a string does not end";
            }
            // A regular expression may hold quotes, behind which anything could hide from this reading.
            if (text.equals("/") && !isOperand(k - 1)) {
                return "regular expressions are not allowed";
            }
            if (tokens.get(k).group("word") == null) {
                return "";
            }
            if (FORBIDDEN.contains(text)) {
                return text + " is not allowed";
            }
            if (text.equals("import")) {
                return faultOfImport(k);
            }
            if (FORBIDDEN_ARGUMENTS.contains(text) && text(k + 1).equals(":")) {
                return "the argument " + text + " is not allowed";
            }
            boolean isCall = text(k + 1).equals("(") && !text(k - 1).equals(".");
            boolean isKnown = FUNCTIONS.contains(text) || KEYWORDS.contains(text) || defined.contains(text);
            return isCall && !isKnown ? "the function " + text + " is not known to" : "";
        }

        /** Whether a slash after this token divides. */
        private boolean isOperand(int k) {
            return text(k).matches("[\\p{L}\\p{N}_)\\]].*") && !KEYWORDS.contains(text(k));
        }

        private String faultOfImport(int k) {
            boolean isAliased = k + 1 < tokens.size() && tokens.get(k + 1).group("word") != null;
            String path = text(isAliased ? k + 2 : k + 1).replace("\"", "");
            return IMPORTS.contains(path) ? "" : "the import " + path + " is not allowed";
        }

        /** Names the text assigns to, of functions or of anything else. */
        private Set<String> defined() {
            Set<String> names = new HashSet<>();
            for (int k = 0; k + 1 < tokens.size(); k++) {
                boolean isAssigned =
                        text(k + 1).equals("=") && !Set.of("=", "~", ">").contains(text(k + 2));
                if (tokens.get(k).group("word") != null && isAssigned) {
                    names.add(text(k));
                }
            }
            return names;
        }

        private String text(int k) {
            return k < 0 || k >= tokens.size() ? "" : tokens.get(k).group();
        }
    }
}
