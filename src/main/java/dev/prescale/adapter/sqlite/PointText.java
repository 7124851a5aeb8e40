package dev.prescale.adapter.sqlite;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parts of one line.
 *
 * @param fields the numeric ones
 * @param time as written, empty where there is none
 */
record PointText(String measurement, Map<String, String> tags, List<NumericField> fields, String time) {
    /** @param value finite */
    record NumericField(String name, double value) {}

    /** @throws MalformedLine that says what is wrong where */
    static PointText read(String line) throws MalformedLine {
        return new Reader(line).point();
    }

    /** Goes through the line once, from left to right. */
    private static final class Reader {
        private static final Pattern FLOAT = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
        private static final Pattern INTEGER = Pattern.compile("-?\\d+i");
        private static final Pattern UNSIGNED = Pattern.compile("\\d+u");
        private static final Pattern BOOLEAN = Pattern.compile("t|T|true|True|TRUE|f|F|false|False|FALSE");
        private static final BigInteger LARGEST_UNSIGNED =
                BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
        private static final int MOST_TAGS = 64;

        private final String line;
        private int position;

        Reader(String line) {
            this.line = line;
        }

        PointText point() throws MalformedLine {
            String measurement = name(", ", ", ");
            if (measurement.isEmpty()) {
                throw malformed("the measurement is missing");
            }
            Map<String, String> tags = tags();
            if (!skipSpaces()) {
                throw malformed("there is no field");
            }
            List<NumericField> fields = fields();
            skipSpaces();
            String time = token();
            if (skipSpaces() || position < line.length()) {
                throw malformed("there is more after the time: a space or comma in a name must be escaped");
            }
            return new PointText(measurement, tags, fields, time);
        }

        private Map<String, String> tags() throws MalformedLine {
            Map<String, String> tags = new TreeMap<>();
            while (skip(',')) {
                String key = name("=, ", "=, ");
                if (key.isEmpty() || !skip('=')) {
                    throw malformed("a tag must be key=value, was '%s'".formatted(key));
                }
                String value = name("=, ", "=, ");
                if (value.isEmpty()) {
                    throw malformed("tag %s has no value: leave it out instead".formatted(key));
                }
                if (peek('=')) {
                    throw malformed("an equals sign in the value of tag %s must be escaped".formatted(key));
                }
                if (tags.put(key, value) != null) {
                    throw malformed("tag %s is there twice".formatted(key));
                }
            }
            if (tags.size() > MOST_TAGS) {
                throw malformed("at most %s tags are read, were %s".formatted(MOST_TAGS, tags.size()));
            }
            return tags;
        }

        private List<NumericField> fields() throws MalformedLine {
            List<NumericField> fields = new ArrayList<>();
            Set<String> names = new HashSet<>();
            do {
                String name = name("=, ", "=, ");
                if (name.isEmpty() || !skip('=')) {
                    throw malformed("a field must be name=value, was '%s'".formatted(name));
                }
                if (!names.add(name)) {
                    throw malformed("field %s is there twice".formatted(name));
                }
                if (peek('"')) {
                    skipString(name);
                } else {
                    String value = token();
                    if (!BOOLEAN.matcher(value).matches()) {
                        fields.add(new NumericField(name, number(name, value)));
                    }
                }
            } while (skip(','));
            return fields;
        }

        private double number(String name, String text) throws MalformedLine {
            if (INTEGER.matcher(text).matches()) {
                BigInteger value = new BigInteger(text.substring(0, text.length() - 1));
                if (value.bitLength() < Long.SIZE) {
                    return value.doubleValue();
                }
            } else if (UNSIGNED.matcher(text).matches()) {
                BigInteger value = new BigInteger(text.substring(0, text.length() - 1));
                if (value.compareTo(LARGEST_UNSIGNED) <= 0) {
                    return value.doubleValue();
                }
            } else if (FLOAT.matcher(text).matches()) {
                double value = Double.parseDouble(text);
                if (Double.isFinite(value)) {
                    return value;
                }
            }
            throw malformed("field %s must be a finite number (1.5, 2i, 3u), a boolean or a \"string\", was '%s'"
                    .formatted(name, text));
        }

        private void skipString(String name) throws MalformedLine {
            position++;
            while (position < line.length() && line.charAt(position) != '"') {
                boolean escapes = line.charAt(position) == '\\' && position + 1 < line.length();
                position += escapes ? 2 : 1;
            }
            if (!skip('"')) {
                throw malformed("the string of field %s has no closing quote".formatted(name));
            }
        }

        /** Characters up to one of the stops that is not escaped. */
        private String name(String stops, String escapable) {
            StringBuilder name = new StringBuilder();
            while (position < line.length() && stops.indexOf(line.charAt(position)) < 0) {
                boolean escapes = line.charAt(position) == '\\'
                        && position + 1 < line.length()
                        && escapable.indexOf(line.charAt(position + 1)) >= 0;
                position += escapes ? 1 : 0;
                name.append(line.charAt(position++));
            }
            return name.toString();
        }

        private String token() {
            int begin = position;
            while (position < line.length() && line.charAt(position) != ',' && line.charAt(position) != ' ') {
                position++;
            }
            return line.substring(begin, position);
        }

        private boolean peek(char expected) {
            return position < line.length() && line.charAt(position) == expected;
        }

        private boolean skip(char expected) {
            if (!peek(expected)) {
                return false;
            }
            position++;
            return true;
        }

        private boolean skipSpaces() {
            int begin = position;
            while (skip(' ')) {}
            return position > begin;
        }

        private MalformedLine malformed(String problem) {
            return new MalformedLine("at column " + (position + 1) + ": " + problem);
        }
    }
}
