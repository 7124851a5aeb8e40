# make help lists the targets. Two are enough to begin: make demo, make test.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

JDK = $(shell bin/find-jdk)
MVN = JAVA_HOME="$(JDK)" mvn -B -ntp
SOURCES = $(shell find src/main pom.xml -type f)
APPLICATION = target/quarkus-app/quarkus-run.jar

# make demo TRACE=path.csv DAYS=5 EXIT=1
DEMO_OPTIONS = $(if $(TRACE),--trace "$(TRACE)") $(if $(DAYS),--days $(DAYS)) $(if $(EXIT),--exit) $(if $(SPEED),--day-seconds $(SPEED))

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-z0-9-]*:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

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

.PHONY: test
test: jdk ## everything that proves it: format, strict compile, unit to packaged and browser tests
	@if python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover -q -s accuracy; \
	  else echo "make test: no Python 3.11 or newer, so the scores of accuracy/ are not tested"; fi
	@$(MVN) -Pstrict verify

.PHONY: e2e
e2e: jdk ## the fuller run with real InfluxDB servers and a real outage
	@$(MVN) -Pe2e verify

.PHONY: bench
bench: jdk ## what the forecast, a decision and a simulated day cost
	@rm -rf target/test-classes target/maven-status # JMH's processor runs only where something is compiled
	@$(MVN) -q -Pbench verify

.PHONY: accuracy
accuracy: build ## every figure of the forecaster on real series, into docs/accuracy.md (BENCH=folder of the referee, SUITE= SEED=)
	@BENCH="$(BENCH)" DATASETS="$(DATASETS)" REFERENCE="$(REFERENCE)" SUITE="$(SUITE)" SEED="$(SEED)" STAGES="$(STAGES)" FRESH="$(FRESH)" accuracy/run

.PHONY: format
format: jdk ## format the code
	@$(MVN) -q spotless:apply
