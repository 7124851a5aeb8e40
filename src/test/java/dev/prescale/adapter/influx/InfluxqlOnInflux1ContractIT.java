package dev.prescale.adapter.influx;

import dev.prescale.testing.InfluxServer.Version;

class InfluxqlOnInflux1ContractIT extends InfluxContract {
    InfluxqlOnInflux1ContractIT() {
        super(Version.V1, InfluxDialect.INFLUXQL);
    }
}
