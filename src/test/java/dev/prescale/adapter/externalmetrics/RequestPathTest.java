package dev.prescale.adapter.externalmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {
    private static final String BASE = "/apis/external.metrics.k8s.io/v1beta1";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            /healthz                                  | Health[isReadiness=false]
            /livez                                    | Health[isReadiness=false]
            /readyz                                   | Health[isReadiness=true]
            /apis                                     | Groups[]
            /apis/                                    | Groups[]
            /apis/external.metrics.k8s.io             | Group[]
            BASE                                      | Resources[]
            BASE/                                     | Resources[]
            BASE/namespaces/inference/prescale_demand | Values[namespace=inference, metric=prescale_demand]
            BASE/namespaces/inference/%70rescale_demand | Values[namespace=inference, metric=prescale_demand]
            BASE/namespaces/inference/s0-a+b          | Values[namespace=inference, metric=s0-a+b]
            BASE/namespaces/inference/a%2Fb           | Nothing[]
            BASE/namespaces/inference/a/b             | Nothing[]
            BASE/namespaces/inference/                | Nothing[]
            BASE/namespaces/inference                 | Nothing[]
            BASE/namespaces//prescale_demand          | Nothing[]
            BASE/prescale_demand                      | Nothing[]
            BASE/namespaces/inference/%zz             | Nothing[]
            /apis/external.metrics.k8s.io/v1          | Nothing[]
            /openapi/v2                               | OpenApi[]
            /openapi/v3                               | Nothing[]
            /                                         | Nothing[]
            ''                                        | Nothing[]
            apis                                      | Nothing[]
            """)
    void leadsTo(String path, String expected) {
        assertThat(RequestPath.of(path.replace("BASE", BASE))).hasToString(expected);
    }
}
