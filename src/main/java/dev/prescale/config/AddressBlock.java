package dev.prescale.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses.
 *
 * @param prefix leading bits that its addresses have in common
 */
public record AddressBlock(InetAddress first, int prefix) {
    /** What the JDK reads without asking a name server. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]+");

    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    /** {@code 10.0.0.0/8}, {@code fd00::/8} or an address alone; null for anything else. */
    public static @Nullable AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        InetAddress first = address(slash < 0 ? text : text.substring(0, slash));
        if (first == null) {
            return null;
        }
        int bits = first.getAddress().length * Byte.SIZE;
        String digits = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        return PREFIX.matcher(digits).matches() && Integer.parseInt(digits) <= bits
                ? new AddressBlock(first, Integer.parseInt(digits))
                : null;
    }

    /** The address that a text is; null for a name or nonsense. An IPv4 address mapped to IPv6 is the IPv4 address. */
    public static @Nullable InetAddress address(String text) {
        try {
            return LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException nonsense) {
            return null;
        }
    }

    public boolean contains(InetAddress address) {
        byte[] own = first.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
            int mask = 0xff << Math.max(0, bit + Byte.SIZE - prefix);
            if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefix;
    }
}
