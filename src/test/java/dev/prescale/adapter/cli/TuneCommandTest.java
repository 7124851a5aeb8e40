package dev.prescale.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.TuningGoal;
import dev.prescale.backtest.TuningGoal.Objective;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuneCommandTest {
    private final StringWriter err = new StringWriter();
    private TuneCommand.@Nullable Options given;

    @Test
    void leastCostWithNoMoreViolationMinutesThanNowIsTheDefault() {
        assertThat(run("shop.csv")).isZero();
        TuneCommand.Options options = options();
        assertThat(options.goal()).isEqualTo(TuningGoal.noWorseThanNow(Objective.COST));
        assertThat(options.folds()).isEqualTo(4);
        assertThat(options.replays()).isEqualTo(60);
        assertThat(options.out()).isEmpty();
        assertThat(options.json()).isFalse();
        assertThat(options.hpaFloor()).isFalse();
    }

    @Test
    void everyOptionIsRead() {
        assertThat(run(
                        "shop.csv",
                        "--spec",
                        "s.yaml",
                        "--objective",
                        "violations",
                        "--most-cost",
                        "110%",
                        "--folds",
                        "7",
                        "--replays",
                        "30",
                        "--hpa-floor",
                        "--out",
                        "r.yaml",
                        "--json",
                        "--start-time",
                        "PT1M"))
                .isZero();
        TuneCommand.Options options = options();
        assertThat(options.goal()).isEqualTo(new TuningGoal(Objective.VIOLATIONS, new TuningGoal.OfPresent(1.1)));
        assertThat(options.replay().spec()).contains(Path.of("s.yaml"));
        assertThat(options.out()).isEqualTo(Optional.of(Path.of("r.yaml")));
        assertThat(List.of(options.folds(), options.replays())).containsExactly(7, 30);
        assertThat(List.of(options.hpaFloor(), options.json())).containsExactly(true, true);
    }

    @Test
    void aLimitMayBeNone() {
        assertThat(run("shop.csv", "--violation-minutes-per-day", "0")).isZero();
        assertThat(options().goal()).isEqualTo(new TuningGoal(Objective.COST, new TuningGoal.PerDay(0)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--objective costs|--objective must be cost or violations, was 'costs'; did you mean cost?",
                "--most-cost 5|--most-cost is the limit of --objective violations; that of cost is --violation-minutes-per-day",
                "--objective violations --violation-minutes-per-day 5|--violation-minutes-per-day is the limit of --objective cost; that of violations is --most-cost",
                "--violation-minutes-per-day few|--violation-minutes-per-day must be a number a day from 0, or a share of the present such as 50%, was 'few'",
                "--violation-minutes-per-day 0%|--violation-minutes-per-day must be a number a day from 0, or a share of the present such as 50%, was '0%'",
                "--objective violations --most-cost 0|--most-cost must be a number a day above 0, or a share of the present such as 50%, was '0'",
                "--folds 1|--folds must be a whole number from 2 to 50, was '1'",
                "--replays 5|--replays must be a whole number from 10 to 1000, was '5'",
            })
    void badUsageIsSaid(String arguments, String fault) {
        assertThat(run(("shop.csv " + arguments).split(" "))).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("prescale: " + fault);
    }

    @Test
    void anEndpointNeedsTheFileThatIsTuned() {
        assertThat(run("--endpoint", "shop/web")).isEqualTo(2);
        assertThat(err.toString()).contains("--endpoint needs --spec: the file that changes are recommended to");
    }

    private TuneCommand.Options options() {
        TuneCommand.Options options = given;
        assertThat(options).isNotNull();
        return options;
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "tune";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        TuneCommand command = new TuneCommand(options -> {
            given = options;
            return 0;
        });
        return PrescaleCommand.commandLine(
                        List.of(command), "tune", new PrintWriter(new StringWriter()), new PrintWriter(err, true))
                .execute(all);
    }
}
