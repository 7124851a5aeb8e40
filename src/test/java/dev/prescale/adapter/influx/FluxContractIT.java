package dev.prescale.adapter.influx;

import dev.prescale.testing.InfluxServer.Version;

class FluxContractIT extends InfluxContract {
    FluxContractIT() {
        super(Version.V2, InfluxDialect.FLUX);
    }
}
