package dev.prescale.adapter.externalmetrics;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request, whoever received it.
 *
 * @param path as it stands in the request
 * @param headers by name in lower case
 * @param certificates that the client proved to have, its own first; nobody has looked at who issued them
 */
record Question(
        String method,
        String path,
        Map<String, List<String>> parameters,
        Map<String, List<String>> headers,
        List<X509Certificate> certificates) {
    Question {
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
        certificates = List.copyOf(certificates);
    }

    List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    List<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of());
    }
}
