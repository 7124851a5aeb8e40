package dev.prescale.config;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How callers prove who they are. No text of this shows a token.
 *
 * @param oidc by tokens of an OpenID Connect provider
 * @param readers tokens that may read and compute, asked for anew each time, so that rotated ones are seen; empty where none are set.
 *     Throws {@link UncheckedIOException} where their file cannot be read
 * @param operators tokens that may do everything
 */
public record AccessSettings(
        boolean oidc, Optional<Supplier<List<String>>> readers, Optional<Supplier<List<String>>> operators) {
    /** Of a role at a time: the old one and the new one, and some to spare. */
    public static final int MOST_TOKENS = 8;

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{16,4096}");

    private static final String RULE =
            "must be at least 16 characters of ASCII without blanks, at most 4096, and none of another role";

    /** The frame reads it; here it is checked and documented. */
    static final Key<Boolean> OIDC = Key.withDefault(
            "prescale.oidc",
            ValueTypes.oneOf(on -> on ? "on" : "off", true, false),
            false,
            "Whether requests need a bearer token of the OpenID Connect provider that `QUARKUS_OIDC_AUTH_SERVER_URL` names, and"
                    + " those that change anything the role `prescale-operator`. Health, metrics and the files of the page stay"
                    + " open. gRPC takes such a token or, with `PRESCALE_TLS_CLIENT_CA`, a client certificate.");

    static final Key<String> READ_TOKEN = Key.optional(
            "prescale.read-token",
            Secrets.TYPE,
            "Bearer token that may read and compute, 16 characters or more: with it, or an operator's, requests need one, as with"
                    + " `PRESCALE_OIDC`. Or the file.");
    static final Key<String> READ_TOKEN_FILE = Key.optional(
            "prescale.read-token-file",
            ValueTypes.text(4_000),
            "File with such tokens, one a line, at most 8, all of which count; read again when it changes.");
    static final Key<String> OPERATOR_TOKEN = Key.optional(
            "prescale.operator-token",
            Secrets.TYPE,
            "Bearer token that may do everything, which is the role `prescale-operator`. Or the file.");
    static final Key<String> OPERATOR_TOKEN_FILE = Key.optional(
            "prescale.operator-token-file", ValueTypes.text(4_000), "File with such tokens, as those of readers.");

    /** Whether callers must prove who they are. */
    public boolean isOn() {
        return oidc || hasTokens();
    }

    public boolean hasTokens() {
        return readers.isPresent() || operators.isPresent();
    }

    static AccessSettings read(ObjectReader reader) {
        boolean oidc = reader.get(OIDC);
        Supplier<List<String>> readers = tokens(reader, READ_TOKEN, READ_TOKEN_FILE);
        Supplier<List<String>> operators = tokens(reader, OPERATOR_TOKEN, OPERATOR_TOKEN_FILE);
        AccessSettings access = new AccessSettings(oidc, Optional.ofNullable(readers), Optional.ofNullable(operators));
        if (oidc && access.hasTokens()) {
            reader.refuse(OIDC, "must not be on beside %s or %s".formatted(READ_TOKEN.name(), OPERATOR_TOKEN.name()));
        }
        List<String> ofReaders = refuseFaulty(reader, READ_TOKEN, readers, List.of());
        refuseFaulty(reader, OPERATOR_TOKEN, operators, ofReaders);
        return access;
    }

    private static @Nullable Supplier<List<String>> tokens(ObjectReader reader, Key<String> itself, Key<String> file) {
        String token = reader.find(itself);
        Path path = Secrets.file(reader, itself, file);
        if (path != null) {
            return () -> Secrets.read(path)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
        return token == null ? null : () -> List.of(token);
    }

    /**
     * Whether these can be the tokens of a role.
     *
     * @param ofOthers tokens of other roles
     */
    public static boolean areValid(List<String> tokens, List<String> ofOthers) {
        return !tokens.isEmpty()
                && tokens.size() <= MOST_TOKENS
                && tokens.stream().allMatch(token -> TOKEN.matcher(token).matches())
                && tokens.stream().noneMatch(ofOthers::contains);
    }

    private static List<String> refuseFaulty(
            ObjectReader reader, Key<String> key, @Nullable Supplier<List<String>> source, List<String> ofOthers) {
        if (source == null) {
            return List.of();
        }
        try {
            List<String> tokens = source.get();
            if (!areValid(tokens, ofOthers)) {
                reader.violations().add(key.name(), null, RULE); // without its value
            }
            return tokens;
        } catch (UncheckedIOException unreadable) {
            return List.of(); // refused where the file is named
        }
    }

    @Override
    public String toString() {
        return "AccessSettings[oidc=%s, readers=%s, operators=%s]"
                .formatted(oidc, readers.isPresent(), operators.isPresent());
    }
}
