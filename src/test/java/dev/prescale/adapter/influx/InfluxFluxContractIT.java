package dev.prescale.adapter.influx;

import dev.prescale.testing.InfluxServer.Version;

class InfluxFluxContractIT extends InfluxContract {
    InfluxFluxContractIT() {
        super(Version.V2, InfluxDialect.FLUX);
    }
}
