package dev.prescale.adapter.client;

import com.fasterxml.jackson.databind.JsonNode;

/** What a service answered. What is no answer of a Prescale service is a {@link ServiceFault}. */
public sealed interface Answer {
    /** What was asked for. */
    record Found(JsonNode body) implements Answer {}

    /** There is no such thing; the service's own sentence. */
    record Unknown(String detail) implements Answer {}

    /** The question is faulty; the service's own sentence. */
    record Refused(String detail) implements Answer {}

    /** Not known yet; the service's own sentence. */
    record NotYet(String detail) implements Answer {}
}
