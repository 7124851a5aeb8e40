package dev.prescale.answer;

import dev.prescale.forecast.Forecast;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A model that spoke in a forecast, with its weight; weights add up to 1. */
@Schema(name = "ForecastMember")
public record ForecastMember(String name, double weight) {
    public static List<ForecastMember> of(List<Forecast.MemberWeight> members) {
        return members.stream()
                .map(member -> new ForecastMember(member.name(), member.weight()))
                .toList();
    }
}
