package dev.prescale.app;

import static dev.prescale.testing.Specs.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.Settings;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.SharedModel;
import dev.prescale.testing.InMemoryRateHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, stop, start: the second service goes on with what the first had learnt, from files. */
class ServiceStatesTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final String RESTORED = "test/shop: what the forecast had learnt is restored";
    private static final String ANEW = "what the forecast had learnt is not restored but learnt anew, because ";

    private final InMemoryRateHistory history = new InMemoryRateHistory();
    private final List<String> lines = new ArrayList<>();
    private final EndpointSpec shop = anEndpoint("shop");

    @TempDir
    private Path folder;

    private String keepsState = "on";

    @BeforeEach
    void twoDays() {
        minutes(0, 2_900);
    }

    @Test
    void aSecondStartRestoresWhatTheFirstSaved() {
        Forecast before = started(2_880, service -> {
            service.fleet().runCycle(at(2_895));
            Forecast last = forecastOf(service);
            service.states().saveAll(service.fleet());
            return last;
        });
        assertThat(lines).noneMatch(line -> line.contains("learnt"));
        minutes(2_900, 2_930);

        Forecast after = started(2_896, service -> forecastOf(service));

        assertThat(lines).contains(RESTORED);
        assertThat(after.origin()).isEqualTo(before.origin()).isEqualTo(at(2_890));
        for (int k = 0; k < before.steps(); k++) {
            assertThat(after.rates(k)).containsExactly(before.rates(k));
        }
    }

    @Test
    void aFileThatWasTamperedWithIsSaidAndLearntAnew() throws IOException {
        started(2_880, this::saved);
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        Forecast after = started(2_881, service -> forecastOf(service));

        assertThat(lines).contains("test/shop: " + ANEW + "the file is damaged");
        assertThat(after).isNotNull();
    }

    @Test
    void offKeepsAndReadsNothing() {
        keepsState = "off";
        started(2_880, this::saved);
        assertThat(folder.resolve("data").resolve(ServiceStates.FOLDER)).doesNotExist();
    }

    @Test
    void everyEndpointIsSavedOnceAnHour() throws IOException {
        started(2_880, service -> {
            Path states = folder.resolve("data").resolve(ServiceStates.FOLDER);
            int saved = 0;
            service.states().saveDue(service.fleet(), at(2_880));
            for (int second = 10; second <= 7_200; second += 10) {
                service.states().saveDue(service.fleet(), at(2_880).plusSeconds(second));
                if (Files.exists(states)) {
                    saved += removed(states);
                }
            }
            assertThat(saved).isEqualTo(2);
            return null;
        });
    }

    @Test
    void statesOfEndpointsThatAreGoneAreRemoved() throws IOException {
        started(2_880, this::saved);
        Files.setLastModifiedTime(onlyFile(), FileTime.from(at(0)));
        started(2_880, service -> {
            service.states().prune(at(2 * 2_880));
            return null;
        });
        try (Stream<Path> files = Files.list(folder.resolve("data").resolve(ServiceStates.FOLDER))) {
            assertThat(files).isEmpty();
        }
    }

    private static int removed(Path states) {
        try (Stream<Path> files = Files.list(states)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.delete(file);
            }
            return all.size();
        } catch (IOException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data").resolve(ServiceStates.FOLDER))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private Forecast saved(ServiceFleet service) {
        service.states().saveAll(service.fleet());
        return forecastOf(service);
    }

    private Forecast forecastOf(ServiceFleet service) {
        return service.fleet().snapshot(shop.id()).orElseThrow().forecast();
    }

    private interface Use {
        Forecast of(ServiceFleet service);
    }

    /** A service from its start to its end, with one cycle at this minute. */
    private Forecast started(int minute, Use use) {
        Settings settings = StartUp.settings(Map.of(
                "prescale.data",
                folder.resolve("data").toString(),
                "prescale.state",
                keepsState,
                "prescale.kubernetes",
                "off")::get);
        ServiceStore store = new ServiceStore(settings);
        try {
            ServiceFleet service = new ServiceFleet(
                    settings,
                    Brains.production(SharedModel.NONE),
                    history,
                    store,
                    new ServiceWorkloads(settings, store, InstantSource.fixed(at(minute))),
                    new FleetListeners(List.of(new StateLog(lines::add))));
            service.replaceSpecs(new ServiceSpecs.Found(List.of(shop), List.of(), Map.of(), Map.of()), at(minute));
            service.fleet().runCycle(at(minute));
            return use.of(service);
        } finally {
            store.close();
        }
    }

    private void minutes(int from, int to) {
        EndpointId id = shop.id();
        for (int t = from; t < to; t++) {
            double rate = 30 + 20 * Math.sin(2 * Math.PI * t / 1_440) + t % 7;
            history.write("http_requests", Map.of("service", id.name()), "count", at(t), 60 * rate);
        }
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }
}
