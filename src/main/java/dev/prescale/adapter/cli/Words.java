package dev.prescale.adapter.cli;

import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.scaling.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Words that options take, for help pages and completion. Made by picocli. */
final class Words {
    private Words() {}

    /** What values of a CSV are. */
    static final class Units extends ArrayList<String> {
        static final List<String> ALL = List.of("count", "rate");
        private static final long serialVersionUID = 1L;

        Units() {
            super(ALL);
        }
    }

    /** What tuning makes least. */
    static final class Objectives extends ArrayList<String> {
        static final List<String> ALL = List.of("cost", "violations");
        private static final long serialVersionUID = 1L;

        Objectives() {
            super(ALL);
        }
    }

    /** Policies of a backtest. */
    static final class Policies extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Policies() {
            super(Stream.concat(ReplayPolicies.ALL.stream(), Stream.of("all")).toList());
        }
    }

    /** Reason codes of decisions. */
    static final class ReasonCodes extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        ReasonCodes() {
            super(Stream.of(ReasonCode.values()).map(ReasonCode::wireName).toList());
        }
    }
}
