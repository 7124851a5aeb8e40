"""python3 -m unittest discover -s accuracy"""
import unittest

import targets
from targets import Target


class TargetsTest(unittest.TestCase):
    def test_ends_of_a_range_are_met(self):
        asked = Target("coverage", least=0.93, most=0.965)

        self.assertEqual([asked.met(value) for value in (0.929, 0.93, 0.965, 0.966)], [False, True, True, False])

    def test_below_leaves_the_end_out(self):
        self.assertFalse(Target("pinball", most=1, below=True).met(1.0))

    def test_what_was_not_measured_is_neither(self):
        self.assertEqual(Target("coverage", least=0.93).row(float("nan")), "| coverage | at least 0.930 | - |  |")

    def test_a_figure_without_a_range_is_only_printed(self):
        self.assertEqual(Target("MSIS", form="{:.2f}").row(7.111), "| MSIS | - | 7.11 |  |")

    def test_a_row_says_what_was_asked_and_what_is_aimed_at(self):
        self.assertEqual(Target("MAE", most=0.78, aim=0.74).row(0.8), "| MAE | at most 0.780 (aim 0.740) | 0.800 | **no** |")

    def test_a_lead_time_is_judged_beside_the_reference_on_the_same_trace(self):
        result = {"trace": "nasa_http_60s", "leadMinutes": 3, "prescale": {"coverage": 0.95, "gainAtViolations": -0.24},
                  "reference": {"gainAtViolations": -0.26}, "pinballTo": {"persistence": 0.8, "dayNaive": 0.5, "weekNaive": float("nan")}}

        rows = list(targets.lead_time_rows([result]))

        self.assertEqual(rows[1:], [
            "| lead-time demand, nasa_http, 3 min: pinball to the best baseline | below 1.000 | 0.800 | yes |",
            "| lead-time demand, nasa_http, 3 min: replica-hours at equal violation minutes, % | at most -26.0 (aim -29.0) | -24.0 | **no** |"])


if __name__ == "__main__":
    unittest.main()
