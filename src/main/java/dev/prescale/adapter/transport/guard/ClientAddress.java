package dev.prescale.adapter.transport.guard;

import dev.prescale.config.AddressBlock;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who counts as one client: an IPv4 address, or the /64 of an IPv6 address, which is what one subscriber has.
 *
 * <p>Behind proxies that are trusted it is the last address of {@code X-Forwarded-For} that is not one of theirs: what stands before it, a
 * client can have written itself.
 */
final class ClientAddress {
    private static final int BYTES_OF_SUBSCRIBER = 8;

    private ClientAddress() {}

    /**
     * A text that is the same for all requests of a client.
     *
     * @param peer address of the connection's other end
     * @param forwardedFor value of the header, null where there is none
     */
    static String of(String peer, @Nullable String forwardedFor, List<AddressBlock> trustedProxies) {
        if (trustedProxies.isEmpty() && peer.indexOf(':') < 0) {
            return peer;
        }
        InetAddress client = AddressBlock.address(peer);
        if (client == null) {
            return peer;
        }
        String[] hops = forwardedFor == null ? new String[0] : forwardedFor.split(",", -1);
        for (int hop = hops.length - 1; hop >= 0 && isAmong(trustedProxies, client); hop--) {
            InetAddress before = AddressBlock.address(hops[hop].strip());
            if (before == null) {
                break;
            }
            client = before;
        }
        return client instanceof Inet4Address
                ? client.getHostAddress()
                : HexFormat.of().formatHex(Arrays.copyOf(client.getAddress(), BYTES_OF_SUBSCRIBER)) + "/64";
    }

    private static boolean isAmong(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }
}
