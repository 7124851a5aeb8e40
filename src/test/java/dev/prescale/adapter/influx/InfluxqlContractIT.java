package dev.prescale.adapter.influx;

import dev.prescale.testing.InfluxServer.Version;

class InfluxqlContractIT extends InfluxContract {
    InfluxqlContractIT() {
        super(Version.V2, InfluxDialect.INFLUXQL);
    }
}
