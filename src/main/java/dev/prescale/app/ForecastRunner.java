package dev.prescale.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ForecastCommand;
import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.adapter.report.ForecastChart;
import dev.prescale.answer.AnswerJson;
import dev.prescale.answer.ForecastAnswer;
import dev.prescale.config.Durations;
import dev.prescale.config.ForecastRequestReader;
import dev.prescale.config.ForecastRequestReader.Ready;
import dev.prescale.config.RateUnit;
import dev.prescale.config.Violation;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.NearPeaks;
import dev.prescale.forecast.SharedModel;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Forecasts a CSV as {@code POST /api/v1/forecast} forecasts the same series: one reader of the question, one writer of the answer. */
final class ForecastRunner implements ForecastCommand.Runner {
    private static final String INDENTED = System.lineSeparator() + "  ";

    /** The options that the keys of a request are. */
    private static final Map<String, String> OPTIONS = Map.of(
            "horizon", "--horizon",
            "quantiles", "--quantiles",
            "peaks", "--peak",
            "timeZone", "--time-zone",
            "holidays", "--holidays");

    private final Streams streams;
    private final Path home;
    private final Supplier<SharedModel> shared;

    /**
     * @param home folder of the checkout, which has {@code datasets/}
     * @param shared what was learned across endpoints, as the service has it
     */
    ForecastRunner(Streams streams, Path home, Supplier<SharedModel> shared) {
        this.streams = streams;
        this.home = home;
        this.shared = shared;
    }

    @Override
    public int run(ForecastCommand.Options options) {
        CsvInput input =
                CsvInput.of(options.file().toString(), options.unit() == RateUnit.COUNT, home.resolve("datasets"));
        Optional<TextOutput> out = options.out().map(file -> TextOutput.open("--out", file));
        Optional<TextOutput> chart = Optional.empty();
        try {
            chart = options.chart().map(file -> TextOutput.open("--chart", file));
            CsvTrace.Trace trace = read(input, options);
            Ready asked = asked(input, trace.series(), options);
            SharedModel model = shared.get();
            Forecaster forecaster = Brains.production(model).forecaster();
            Forecast forecast = forecaster.forecast(asked.request());
            ForecastAnswer answer = ForecastAnswer.of(asked, forecast, new NearPeaks(model));
            write(options, trace.name(), asked, answer, out, chart);
            streams.out()
                    .print(
                            options.json()
                                    ? AnswerJson.text(answer) + System.lineSeparator()
                                    : new ForecastText(trace.name(), asked, answer, streams.terminal()).text());
            streams.out().flush();
            return 0;
        } finally {
            out.ifPresent(TextOutput::close);
            chart.ifPresent(TextOutput::close);
        }
    }

    private CsvTrace.Trace read(CsvInput input, ForecastCommand.Options options) {
        CsvTrace.Trace trace =
                switch (input.read(streams.in())) {
                    case CsvTrace.Trace read -> read;
                    case CsvTrace.Faults faults -> throw refused(faults.sentences(input.label()));
                };
        if (options.step().isEmpty()) {
            return trace;
        }
        Duration step = options.step().get();
        Duration present = trace.series().step().duration();
        if (!Step.isValid(step) || step.toMillis() % present.toMillis() != 0) {
            throw refused(
                    List.of("--step must be a multiple of the %s between the rows of %s that divides a day, was %s"
                            .formatted(Durations.format(present), input.label(), Durations.format(step))));
        }
        return new CsvTrace.Trace(trace.name(), trace.series().regrid(Step.of(step)));
    }

    private static Ready asked(CsvInput input, RateSeries series, ForecastCommand.Options options) {
        return switch (ForecastRequestReader.read(series, options.unit(), question(options))) {
            case Ready ready -> ready;
            case ForecastRequestReader.Invalid invalid ->
                throw refused(invalid.violations().stream()
                        .map(violation -> sentence(violation, input.label()))
                        .toList());
            case ForecastRequestReader.NoData ignored ->
                throw refused(List.of("%s: no step has enough rows to be known".formatted(input.label())));
        };
    }

    private static ObjectNode question(ForecastCommand.Options options) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("horizon", options.horizon().toString());
        options.levels().forEach(question.putArray("quantiles")::add);
        options.timeZone().ifPresent(zone -> question.put("timeZone", zone.getId()));
        options.holidays().ifPresent(holidays -> {
            if (Character.isDigit(
                    holidays.strip().isEmpty() ? ' ' : holidays.strip().charAt(0))) {
                List.of(holidays.strip().split("\\s*,\\s*")).forEach(question.putArray("holidays")::add);
            } else {
                question.put("holidays", holidays.strip());
            }
        });
        for (ForecastCommand.Window window : options.windows()) {
            question.withArray("peaks")
                    .addObject()
                    .put("from", window.from().toString())
                    .put("to", window.to().toString());
        }
        return question;
    }

    /** What is wrong with a key is said of its option, what is wrong with the series of the file. */
    private static String sentence(Violation violation, String file) {
        String key = violation.path().replaceFirst("[\\[.].*", "");
        String option = OPTIONS.get(key);
        String was = violation.value() == null ? "" : ", was " + violation.value();
        if (option != null) {
            return "%s %s%s".formatted(option, violation.message(), was);
        }
        String hint = key.equals("values") && violation.path().equals(key) ? ". A coarser --step makes them fewer" : "";
        String what = key.equals("step") ? "the step of the rows" : "the steps";
        return "%s: %s %s%s%s".formatted(file, what, violation.message(), was, hint);
    }

    private static CommandFault refused(List<String> faults) {
        return CommandFault.badInput("nothing was forecast:" + INDENTED + String.join(INDENTED, faults));
    }

    private static void write(
            ForecastCommand.Options options,
            String name,
            Ready asked,
            ForecastAnswer answer,
            Optional<TextOutput> out,
            Optional<TextOutput> chart) {
        boolean isJson = options.out()
                .map(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".json"))
                .orElse(false);
        out.ifPresent(file -> file.write(isJson ? AnswerJson.text(answer) + "\n" : csv(answer)));
        chart.ifPresent(file -> file.write(ForecastChart.of(name, asked, answer).toSvg()));
    }

    /** {@code timestamp} and a column per quantile, {@code q0.95}, a row per step. */
    private static String csv(ForecastAnswer answer) {
        StringBuilder csv = new StringBuilder("timestamp");
        answer.quantiles().forEach(level -> csv.append(",q").append(level));
        csv.append('\n');
        for (int k = 0; k < answer.rates().size(); k++) {
            csv.append(answer.origin().plus(answer.step().multipliedBy(k)));
            answer.rates().get(k).forEach(rate -> csv.append(',').append(rate));
            csv.append('\n');
        }
        return csv.toString();
    }
}
