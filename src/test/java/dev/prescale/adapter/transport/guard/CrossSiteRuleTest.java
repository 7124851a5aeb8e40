package dev.prescale.adapter.transport.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSiteRuleTest {
    private final CrossSiteRule rule = new CrossSiteRule(List.of("https://ops.example.com"));

    @ParameterizedTest(name = "{0} site={1} origin={2} host={3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
                    # what changes nothing passes
                    GET    | cross-site  | https://evil.example     | prescale:8080 | true
                    HEAD   | cross-site  | https://evil.example     | prescale:8080 | true
                    OPTIONS| cross-site  | https://evil.example     | prescale:8080 | true
                    # no browser
                    POST   |             |                          | prescale:8080 | true
                    POST   |             |                          |               | true
                    # a browser that says whose page it is
                    POST   | same-origin |                          | prescale:8080 | true
                    POST   | none        |                          | prescale:8080 | true
                    POST   | cross-site  |                          | prescale:8080 | false
                    POST   | same-site   |                          | prescale:8080 | false
                    DELETE | cross-site  | https://evil.example     | prescale:8080 | false
                    POST   | same-site   | http://prescale:9090     | prescale:8080 | false
                    POST   | Cross-Site  |                          | prescale:8080 | false
                    POST   | ''          |                          | prescale:8080 | false
                    POST   | same-origin | https://evil.example     | prescale:8080 | true
                    # trusted
                    POST   | cross-site  | https://ops.example.com  | prescale:8080 | true
                    POST   | cross-site  | https://OPS.example.com  | prescale:8080 | true
                    POST   | cross-site  | https://ops.example.com.evil.example | prescale:8080 | false
                    POST   | cross-site  | http://ops.example.com   | prescale:8080 | false
                    POST   |             | https://ops.example.com  | prescale:8080 | true
                    # one that does not say, with the origin alone
                    POST   |             | http://prescale:8080     | prescale:8080 | true
                    POST   |             | https://prescale:8080    | prescale:8080 | true
                    POST   |             | http://PRESCALE:8080     | prescale:8080 | true
                    POST   |             | http://prescale          | prescale:8080 | false
                    POST   |             | https://evil.example     | prescale:8080 | false
                    POST   |             | null                     | prescale:8080 | false
                    POST   |             | ''                       | prescale:8080 | false
                    POST   |             | http://prescale:8080     |               | false
                    PUT    |             | https://evil.example     | prescale:8080 | false
                    PATCH  |             | https://evil.example     | prescale:8080 | false
                    """)
    void permits(String method, String site, String origin, String host, boolean isPermitted) {
        assertThat(rule.permits(method, site, origin, host)).isEqualTo(isPermitted);
    }
}
