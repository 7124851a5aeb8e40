package dev.prescale.app;

import dev.prescale.backtest.ReplayView;
import dev.prescale.config.BacktestRequestReader;
import dev.prescale.config.BundledTraces;
import dev.prescale.config.EndpointTraces;
import dev.prescale.config.Settings;
import dev.prescale.config.SpecFaultsView;
import dev.prescale.config.SpecTexts;
import dev.prescale.control.DecisionLog;
import dev.prescale.control.Fleet;
import dev.prescale.control.FleetView;
import dev.prescale.control.Pauses;
import dev.prescale.control.SampleSink;
import dev.prescale.control.ScaledObjects;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.Signals;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.NearPeaks;
import dev.prescale.forecast.SharedModel;
import dev.prescale.scaling.DecisionRule;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What the API reads: the running demo where there is one, else the service. A demo has a fleet, a store and a clock of its
 * own, and the pages do not see the difference.
 */
class Wiring {
    @Produces
    @Singleton
    Settings settings(Config config) {
        return StartUp.settings(
                name -> config.getOptionalValue(name, String.class).orElse(null));
    }

    @Produces
    @Singleton
    FleetView fleetView(ServiceFleet service) {
        Demo demo = DemoRunner.running();
        return demo != null ? demo.fleet() : service.fleet();
    }

    @Produces
    @Singleton
    SignalBoard signals(Settings settings) {
        return new SignalBoard(new Signals(settings.cycleInterval()));
    }

    @Produces
    @Singleton
    ScaledObjects scaledObjects(ServiceWorkloads workloads) {
        return DemoRunner.running() != null ? ScaledObjects.NONE : workloads.scaledObjects();
    }

    @Produces
    @Singleton
    DecisionLog decisions(ServiceStore service) {
        Demo demo = DemoRunner.running();
        return demo != null ? demo.decisions() : service.store().decisions();
    }

    @Produces
    @Singleton
    SampleSink samples(ServiceStore service) {
        Demo demo = DemoRunner.running();
        return demo != null ? demo.samples() : service.store().samples();
    }

    @Produces
    @Singleton
    InstantSource clock(Settings settings) {
        Demo demo = DemoRunner.running();
        return demo != null
                ? demo::now
                : settings.clock()
                        .<InstantSource>map(time -> new SteppedClock(time, settings.cycleInterval()))
                        .orElseGet(InstantSource::system);
    }

    @Produces
    @Singleton
    Pauses pauses(ServicePauses service) {
        return DemoRunner.running() != null ? Pauses.refusing("A demo cannot be paused.") : service;
    }

    @Produces
    @Singleton
    SpecFaultsView specFaults(ServiceLoop service) {
        return service::specFaults;
    }

    @Produces
    @Singleton
    ReplayView replay() {
        Demo demo = DemoRunner.running();
        return demo != null ? demo : Optional::empty;
    }

    @Produces
    @Singleton
    SharedModel sharedModel(Settings settings) {
        return ModelSource.of(settings);
    }

    @Produces
    @Singleton
    Fleet.Brain brain(SharedModel shared) {
        return Brains.production(shared);
    }

    @Produces
    @Singleton
    BundledTraces bundledTraces() {
        return new CheckoutDatasets(DemoRunner.home());
    }

    @Produces
    @Singleton
    BacktestRequestReader backtestRequests(BundledTraces bundled, EndpointTraces endpoints) {
        return new BacktestRequestReader(bundled, endpoints);
    }

    @Produces
    @Singleton
    SpecTexts specTexts(ServiceLoop service) {
        Demo demo = DemoRunner.running();
        return demo != null ? demo::specText : service::specText;
    }

    @Produces
    @Singleton
    Forecaster forecaster(Fleet.Brain brain) {
        return brain.forecaster();
    }

    @Produces
    @Singleton
    NearPeaks nearPeaks(SharedModel shared) {
        return new NearPeaks(shared);
    }

    @Produces
    @Singleton
    DecisionRule decisionRule(Fleet.Brain brain) {
        return brain.rule();
    }
}
