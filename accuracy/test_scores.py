"""python3 -m unittest discover -s accuracy"""
import math
import unittest

import scores


class ScoresTest(unittest.TestCase):
    # Season 2; |3-1|, |5-2|, |4-3|, |9-5| = 2, 3, 1, 4: seasonal error 2.5.
    HISTORY = [1, 2, 3, 5, 4, 9]

    def test_seasonal_error(self):
        self.assertAlmostEqual(scores.seasonal_error(self.HISTORY, 2), 2.5)

    def test_smape_is_the_difference_over_the_mean_size(self):
        # 200 * 2/18 = 22.22 and 200 * 2/6 = 66.67, mean 44.44
        self.assertAlmostEqual(scores.smape([10, 2], [8, 4]), 400 / 9)

    def test_smape_of_two_zeros_is_no_error(self):
        self.assertEqual(scores.smape([0, 1], [0, 1]), 0)

    def test_smape_is_at_most_200(self):
        self.assertAlmostEqual(scores.smape([5], [0]), 200)

    def test_mase(self):
        # errors 1 and 4, mean 2.5, over 2.5
        self.assertAlmostEqual(scores.mase([10, 10], [9, 14], self.HISTORY, 2), 1)

    def test_naive2_has_owa_1(self):
        self.assertAlmostEqual(scores.owa(18.383, 2.395), 1)

    def test_owa_is_the_mean_of_both_ratios(self):
        self.assertAlmostEqual(scores.owa(18.383 / 2, 2.395), 0.75)

    def test_msis_inside_is_the_width(self):
        self.assertAlmostEqual(scores.msis([5, 6], [4, 4], [9, 9], self.HISTORY, 2), 5 / 2.5)

    def test_msis_pays_forty_times_the_miss(self):
        # widths 5; the first is 1 below, the second 2 above: (5 + 40 + 5 + 80) / 2 = 65, over 2.5
        self.assertAlmostEqual(scores.msis([3, 11], [4, 4], [9, 9], self.HISTORY, 2), 26)

    def test_share_inside_counts_the_ends(self):
        self.assertAlmostEqual(scores.share_inside([1, 2, 3, 4], [1, 3, 1, 1], [2, 4, 3, 3]), 0.5)

    def test_pinball(self):
        # .9 * 2 below and .1 * 3 above, mean 1.05
        self.assertAlmostEqual(scores.pinball([12, 7], [10, 10], 0.9), 1.05)

    def test_pinball_ratio_compares_where_both_speak(self):
        # first minute: 1.8 over 3.6; the baseline is silent in the second
        self.assertAlmostEqual(scores.pinball_ratio([12, 7], [10, 10], [8, math.nan], 0.9), 0.5)

    def test_pinball_ratio_to_a_silent_baseline_is_not_known(self):
        self.assertTrue(math.isnan(scores.pinball_ratio([12], [10], [math.nan], 0.9)))


if __name__ == "__main__":
    unittest.main()
