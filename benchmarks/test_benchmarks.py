import tempfile
import unittest
from pathlib import Path

import report
import second_score
import traces

OUTPUT = """20160 minutes, oracle 2778 replica-hours

| policy | violation min | unserved | replica-hours | over the oracle | target tracking at equal violations | at equal unserved | ready too early |
|---|---|---|---|---|---|---|---|
| oracle | 0 | 0.00000 | 2778 | -17 % | never reached | never reached | 0 |
| prescale | 102 | 0.00086 | 4669 | +39 % | -25.8 % | -29.9 % | 2 |
"""


class SecondScore(unittest.TestCase):
    def test_reads_the_table_of_the_referee(self):
        rows = second_score.parse(OUTPUT)
        self.assertEqual(["oracle", "prescale"], list(rows))
        self.assertEqual(second_score.Row(102, 0.00086, 4669.0, -0.258, -0.299, 2), rows["prescale"])
        self.assertIsNone(rows["oracle"].at_equal_violations)

    def test_the_largest_difference_counts_and_rounding_does_not(self):
        rows = second_score.parse(OUTPUT)
        own = [{"policy": "prescale", "violationMinutes": 102, "unservedShare": 0.000864, "replicaHours": 4669.4}, {"policy": "oracle", "violationMinutes": 1, "unservedShare": 0, "replicaHours": 2778}]
        found = second_score.differences(own, rows)
        self.assertEqual(0, found["prescale"])
        self.assertGreater(found["oracle"], second_score.TOLERATED)


    def test_a_replica_is_early_where_nobody_ordered_it_a_start_time_before(self):
        rows = [(minute, 1, 1) for minute in range(40)]
        rows[30:] = [(minute, 5, 1 if minute < 33 else 5) for minute in range(30, 40)]
        self.assertEqual(0, sum(second_score.is_early(rows, k, 3) for k in range(40)))
        rows[32] = (32, 5, 5)
        self.assertEqual(1, sum(second_score.is_early(rows, k, 3) for k in range(40)))
        after_a_hole = [(minute + (5 if minute >= 20 else 0), desired, ready) for minute, desired, ready in rows]
        self.assertEqual(0, sum(second_score.is_early(after_a_hole, k, 3) for k in range(40)))


class Parts(unittest.TestCase):
    def test_twenty_replicas_serve_the_busy_minute_of_what_is_replayed(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "some_3600s.csv")
            rows = [f"2024-01-{1 + h // 24:02}T{h % 24:02}:00:00Z,{72000 if h < 14 * 24 else 3600}" for h in range(30 * 24)]
            path.write_text("timestamp,value\n" + "\n".join(rows) + "\n")
            self.assertEqual(traces.Part(14, 14, 1 / 20), traces.part(path))
            path.write_text("timestamp,value\n" + "\n".join(rows[:10 * 24]) + "\n")
            self.assertEqual(traces.Part(8, 2, 1.0), traces.part(path))


class Page(unittest.TestCase):
    def test_equal_service_is_over_prescale(self):
        answer = {"result": {"equalService": [{"policy": "hpa", "replicaHours": 150.0}, {"policy": "prescale", "replicaHours": 100.0}, {"policy": "keda", "replicaHours": None}]}}
        self.assertEqual({"hpa": 0.5, "keda": None}, report.at_equal_service(answer))
        self.assertLess(report.above_best(answer), 0)
        answer["result"]["equalService"].append({"policy": "knative", "replicaHours": 80.0})
        self.assertAlmostEqual(0.25, report.above_best(answer))


if __name__ == "__main__":
    unittest.main()
