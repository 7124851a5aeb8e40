package dev.prescale.adapter.transport.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.AddressBlock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    private static final List<AddressBlock> PROXIES =
            Stream.of("10.0.0.0/8", "fd00::/8").map(AddressBlock::parse).toList();

    @ParameterizedTest(name = "{0} for {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    192.0.2.7          |                          | 192.0.2.7
                    # only a proxy is believed
                    192.0.2.7          | 198.51.100.1             | 192.0.2.7
                    10.1.2.3           | 198.51.100.1             | 198.51.100.1
                    fd00::1            | 198.51.100.1             | 198.51.100.1
                    # what stands before the last hop can be the client's own invention
                    10.1.2.3           | 203.0.113.9, 198.51.100.1 | 198.51.100.1
                    10.1.2.3           | 203.0.113.9, 198.51.100.1, 10.9.9.9 | 198.51.100.1
                    10.1.2.3           | 10.8.8.8                 | 10.8.8.8
                    10.1.2.3           | unknown                  | 10.1.2.3
                    10.1.2.3           | evil.example             | 10.1.2.3
                    10.1.2.3           | ''                       | 10.1.2.3
                    10.1.2.3           |                          | 10.1.2.3
                    # a subscriber has a /64
                    2001:db8:1:2:3:4:5:6 |                        | 20010db800010002/64
                    2001:db8:1:2::1    |                          | 20010db800010002/64
                    2001:db8:1:3::1    |                          | 20010db800010003/64
                    ::ffff:192.0.2.7   |                          | 192.0.2.7
                    10.1.2.3           | 2001:db8:1:2::1          | 20010db800010002/64
                    """)
    void countsAs(String peer, String forwardedFor, String client) {
        assertThat(ClientAddress.of(peer, forwardedFor, PROXIES)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "2001:db8:1:2::1, 20010db800010002/64"})
    void nobodyIsBelievedByDefault(String peer, String client) {
        assertThat(ClientAddress.of(peer, "198.51.100.1", List.of())).isEqualTo(client);
    }
}
