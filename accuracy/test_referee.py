"""python3 -m unittest discover -s accuracy"""
import unittest

import referee

# Cut out of a run of evaluate.py.
OUTPUT = """210 tasks, 21 series

| relative MAE | tasks | <=1h | 1-6h | 6-24h | 24-48h | all | worst series | median ms |
|---|---|---|---|---|---|---|---|---|
| prescale | 210 | 0.582 | 0.738 | 0.803 | 0.834 | 0.805 | 1.08 servegen_clients/m_small_c031_600s | 39.52 |
| (weekly naive) | 210 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.00 nasa_http_60s | - |

| quantiles | rel. pinball .5 | .9 | .95 | .99 | coverage .5 | .9 | .95 | .99 | gap .9 | .95 | .99 | worst series .95 | .95 by horizon |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| prescale | 0.790 | 0.850 | 0.822 | 0.905 | 0.513 | 0.899 | 0.941 | 0.981 | 0.047 | 0.035 | 0.017 | 0.76 | 0.94 0.96 0.95 0.93 |
| (weekly naive) | 0.981 | 1.000 | 1.000 | 1.000 | 0.516 | 0.882 | 0.928 | 0.971 | 0.049 | 0.040 | 0.023 | 0.75 | 0.93 0.94 0.93 0.92 |

| series | prescale | (weekly naive) |
|---|---|---|
| nasa_http_60s | 0.82 | 1.00 |
"""


class RefereeTest(unittest.TestCase):
    def test_reads_the_row_of_one_method_out_of_both_tables(self):
        read = referee.figures(OUTPUT)

        self.assertEqual(read["mae"], {"<=1h": 0.582, "1-6h": 0.738, "6-24h": 0.803, "24-48h": 0.834, "all": 0.805})
        self.assertEqual((read["worst"], read["worstSeries"], read["milliseconds"]), (1.08, "servegen_clients/m_small_c031_600s", 39.52))
        self.assertEqual(read["pinball"], {"0.5": 0.790, "0.9": 0.850, "0.95": 0.822, "0.99": 0.905})
        self.assertEqual(read["coverage"], {"0.5": 0.513, "0.9": 0.899, "0.95": 0.941, "0.99": 0.981})
        self.assertEqual(read["gap"], {"0.9": 0.047, "0.95": 0.035, "0.99": 0.017})
        self.assertEqual(read["worstCoverage"], 0.76)


if __name__ == "__main__":
    unittest.main()
