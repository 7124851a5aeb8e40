# make help lists the targets. Two are enough to begin: make demo, make test.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

JDK = $(shell bin/find-jdk)
MVN = JAVA_HOME="$(JDK)" mvn -B -ntp
SOURCES = $(shell find src/main models pom.xml -type f)
APPLICATION = target/quarkus-app/quarkus-run.jar

# make demo TRACE=path.csv DAYS=5 EXIT=1
DEMO_OPTIONS = $(if $(TRACE),--trace "$(TRACE)") $(if $(DAYS),--days $(DAYS)) $(if $(EXIT),--exit) $(if $(SPEED),--day-seconds $(SPEED))

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-z0-9-]*:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: jdk
jdk:
	@home=$$(bin/find-jdk) && echo "JDK: $$home"

.PHONY: build
build: jdk $(APPLICATION) ## package the application into target/

$(APPLICATION): $(SOURCES)
	@$(MVN) -q package -DskipTests
	@touch $@

.PHONY: demo
demo: build ## the main job on bundled traces, page on http://localhost:8080 (TRACE=file.csv DAYS=n EXIT=1)
	@bin/prescale demo $(DEMO_OPTIONS)

.PHONY: picture
picture: build ## draw the picture of the README anew
	@bin/prescale demo --trace datasets/shop-web.csv.gz --time-zone Europe/Berlin --days 3 --exit --chart docs/images/day.svg

.PHONY: fit
fit: build ## draw training traces and fit the shared model that ships anew (minutes)
	@$(MVN) -q test-compile
	@"$(JDK)/bin/java" -cp target/test-classes dev.prescale.datasets.TrainingTraces target/training-traces
	@bin/prescale fit target/training-traces --name generated

.PHONY: test
test: jdk ## everything that proves it: format, strict compile, unit to packaged and browser tests
	@if python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then export PYTHONDONTWRITEBYTECODE=1; python3 -m unittest discover -q -s accuracy; PYTHONPATH=accuracy python3 -m unittest discover -q -s benchmarks; \
	  else echo "make test: no Python 3.11 or newer, so the scores of accuracy/ and benchmarks/ are not tested"; fi
	@$(MVN) -Pstrict verify

.PHONY: e2e
e2e: jdk ## the fuller run with real InfluxDB and Kubernetes API servers, and real outages
	@$(MVN) -Pe2e verify

.PHONY: e2e-keda
e2e-keda: jdk ## beside the real KEDA, which e2e/servers/keda --build builds once (fourteen CPU minutes)
	@e2e/servers/keda >/dev/null
	@PRESCALE_REQUIRE=$${PRESCALE_REQUIRE:-keda,kubernetes,kubectl,influxdb2} $(MVN) -Pe2e -De2e.tag=keda verify

# make bench JMH=LeadTime STORE=1; make bench-fleet ENDPOINTS=500 HEAP=512m STORE=1; make bench-keda PAIRS=4000; make bench-page ENDPOINTS=10000; make bench-queries QUERIES=1000; make bench-replay TRACE=path.csv POLICY=hpa
ENDPOINTS =
HEAP = 1g
STORED = $(if $(STORE),-Dprescale.bench.store=docs/speed.md)
# the first part, because the processor of JMH runs only where something is compiled
RUN_BENCH = rm -rf target/test-classes target/maven-status; $(MVN) -q -Pbench verify
COMMIT = -Dprescale.bench.commit=$(shell git describe --always --dirty --exclude '*')

.PHONY: bench
bench: jdk ## what the hot paths and a fleet cost, beside references (JMH=name or options: only those; STORE=1 keeps the tables)
	@$(RUN_BENCH) "-Dbench.jvm=$(COMMIT) $(STORED)" "-Dbench.arguments=$(JMH)"
	@$(if $(JMH),true,$(MAKE) --no-print-directory bench-fleet bench-keda bench-queries bench-page)

.PHONY: bench-fleet
bench-fleet: jdk ## what cycles of fleets cost in time and heap (ENDPOINTS=n, HEAP=1g, STORE=1 keeps the table)
	@$(RUN_BENCH) "-Dbench.jvm=-Xmx$(HEAP) $(COMMIT) $(STORED)" -Dbench.main=dev.prescale.bench.FleetBenchmark -Dbench.arguments=$(ENDPOINTS)

.PHONY: bench-keda
bench-keda: jdk ## what KEDA waits for beside a running fleet, and with its history gone (ENDPOINTS=n PAIRS=per second, STORE=1 keeps the table)
	@$(RUN_BENCH) "-Dbench.jvm=$(COMMIT) $(STORED)" -Dbench.main=dev.prescale.bench.KedaBenchmark "-Dbench.arguments=$(or $(ENDPOINTS),1000) $(PAIRS)"

.PHONY: bench-page
bench-page: jdk ## what a large fleet costs the page in a real Chromium: first paint, main thread per live update (ENDPOINTS=n, STORE=1 keeps the table)
	@$(RUN_BENCH) "-Dbench.jvm=$(COMMIT) $(STORED)" -Dbench.main=dev.prescale.bench.PageBenchmark "-Dbench.arguments=$(or $(ENDPOINTS),1000)"

.PHONY: bench-queries
bench-queries: build ## what who asks for a forecast waits for beside a running fleet (ENDPOINTS=n QUERIES=per second, STORE=1 keeps the table)
	@$(RUN_BENCH) "-Dbench.jvm=$(COMMIT) $(STORED)" -Dbench.main=dev.prescale.bench.QueryBenchmark "-Dbench.arguments=$(or $(ENDPOINTS),1000) $(QUERIES)"

.PHONY: bench-replay
bench-replay: jdk ## what a backtest of one policy costs in time and heap (TRACE=file.csv of counts, POLICY=prescale or hpa)
	@$(RUN_BENCH) "-Dbench.jvm=$(COMMIT)" -Dbench.main=dev.prescale.bench.ReplayBenchmark "-Dbench.arguments=$(TRACE) $(POLICY)"

.PHONY: screenshots
screenshots: jdk ## drive the console of the demo in a browser and put its pictures into docs/images
	@$(MVN) -q verify -Pe2e -Dit.test=ConsoleIT -Dtest=DocumentsTest -Dsurefire.failIfNoSpecifiedTests=false
	@for part in overview endpoint backtest specification; do cp target/screenshots/console-$$part-desktop.png docs/images/console-$$part.png; done

.PHONY: pictures
pictures: jdk ## draw the pictures of docs/forecasting.md anew
	@$(MVN) -q test-compile
	@"$(JDK)/bin/java" -cp target/classes:target/test-classes dev.prescale.pictures.Pictures

.PHONY: accuracy
accuracy: build ## every figure of the forecaster on real series, into docs/accuracy.md (BENCH=folder of the referee, SUITE= SEED=)
	@BENCH="$(BENCH)" DATASETS="$(DATASETS)" REFERENCE="$(REFERENCE)" SUITE="$(SUITE)" SEED="$(SEED)" STAGES="$(STAGES)" FRESH="$(FRESH)" accuracy/run

.PHONY: benchmarks
benchmarks: build ## every policy on recorded and bundled traffic, scored twice, into docs/benchmarks.md (BENCH=folder of the referee, TRACES=a.csv,b.csv@Europe/Berlin)
	@BENCH="$(BENCH)" DATASETS="$(DATASETS)" TRACES="$(TRACES)" FRESH="$(FRESH)" benchmarks/run

.PHONY: image
image: build ## the container image prescale:VERSION, with podman, docker or buildah (IMAGE=name:tag)
	@bin/build-image "$(IMAGE)"

.PHONY: format
format: jdk ## format the code
	@$(MVN) -q spotless:apply
