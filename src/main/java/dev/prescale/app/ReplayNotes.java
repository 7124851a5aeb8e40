package dev.prescale.app;

import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.StartTime;
import dev.prescale.capacity.CapacityModel;
import dev.prescale.config.Durations;
import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is odd about a replay that can be run all the same, in sentences. */
final class ReplayNotes {
    private ReplayNotes() {}

    static List<String> of(ReplaySetup setup) {
        List<String> notes = new ArrayList<>();
        ReplaySetup.Endpoint endpoint = setup.endpoints().getFirst();
        RateSeries replayed = endpoint.trace().minutes().until(setup.to()).from(setup.from());
        gaps(endpoint.trace().name(), replayed, notes);
        bound(endpoint.spec(), replayed, notes);
        leadTime(endpoint.spec(), endpoint.startTime(), notes);
        return notes;
    }

    private static void gaps(String trace, RateSeries replayed, List<String> notes) {
        int gaps = replayed.gaps();
        if (gaps == 0) {
            return;
        }
        int begin = 0;
        int longest = 0;
        int longestBegin = 0;
        for (int k = 0; k <= replayed.size(); k++) {
            if (k == replayed.size() || !replayed.isGap(k)) {
                if (k - begin > longest) {
                    longest = k - begin;
                    longestBegin = begin;
                }
                begin = k + 1;
            }
        }
        notes.add(
                "%s has no sample in %d of %d minutes (%s in one piece from %s): policies see no data there, and those minutes are not scored"
                        .formatted(
                                trace,
                                gaps,
                                replayed.size(),
                                ReplaySetups.words(Duration.ofMinutes(longest)),
                                replayed.instantAt(longestBegin)));
    }

    private static void bound(EndpointSpec spec, RateSeries replayed, List<String> notes) {
        CapacityModel capacity = spec.policy().capacity();
        int most = spec.policy().bounds().maxReplicas();
        double busiest = 0;
        int above = 0;
        for (int k = 0; k < replayed.size(); k++) {
            double rate = replayed.isGap(k) ? 0 : replayed.rateAt(k);
            busiest = Math.max(busiest, rate);
            above += capacity.replicasFor(rate, 1) > most ? 1 : 0;
        }
        if (above > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "maxReplicas %d of %s serves %.4g req/s, but %d minutes need more, up to %d replicas for %.4g req/s: who honors the bound cannot serve them",
                    most,
                    spec.id(),
                    capacity.sustainedBy(most),
                    above,
                    capacity.replicasFor(busiest, 1),
                    busiest));
        }
    }

    private static void leadTime(EndpointSpec spec, StartTime startTime, List<String> notes) {
        LeadTimeBounds bounds = spec.policy().predictive().leadTime();
        if (startTime.p90().compareTo(bounds.max()) > 0) {
            notes.add(
                    "predictive.leadTime.max of %s is %s, but replicas take %s to start: Prescale looks too short ahead"
                            .formatted(spec.id(), Durations.format(bounds.max()), Durations.format(startTime.p90())));
        }
    }
}
