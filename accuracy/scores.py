"""Scores of point and interval forecasts, as pure functions of sequences; no package is needed.

y actuals, f point forecasts, l and u the ends of a central interval of nominal share 1 - alpha, x the history, m the season in steps.
Sources: M4 (Makridakis, Spiliotis, Assimakopoulos 2020, International Journal of Forecasting 36) for sMAPE, MASE, OWA and MSIS;
Gneiting and Raftery 2007 for the interval score inside MSIS; Koenker and Bassett 1978 for the pinball loss.
"""
from math import isfinite, nan
from statistics import fmean

# Naive2 over the 414 hourly series of M4, as published with the competition.
NAIVE2_SMAPE, NAIVE2_MASE = 18.383, 2.395


def smape(y, f):
    """mean of 200 |y - f| / (|y| + |f|), in percent; two zeros agree."""
    return fmean(200 * abs(a - b) / (abs(a) + abs(b)) if a or b else 0 for a, b in zip(y, f, strict=True))


def seasonal_error(x, m):
    """mean of |x[t] - x[t - m]| over the history: the unit of MASE and MSIS."""
    return fmean(abs(now - before) for now, before in zip(x[m:], x))


def mase(y, f, x, m):
    """mean |y - f| / seasonal_error(x, m)"""
    return fmean(abs(a - b) for a, b in zip(y, f, strict=True)) / seasonal_error(x, m)


def owa(mean_smape, mean_mase):
    """Mean of both means over those of Naive2 (hourly series)."""
    return (mean_smape / NAIVE2_SMAPE + mean_mase / NAIVE2_MASE) / 2


def msis(y, l, u, x, m, alpha=0.05):
    """mean of (u - l) + 2/alpha (l - y)+ + 2/alpha (y - u)+, over seasonal_error(x, m)"""
    score = fmean(high - low + 2 / alpha * (max(low - a, 0) + max(a - high, 0)) for a, low, high in zip(y, l, u, strict=True))
    return score / seasonal_error(x, m)


def share_inside(y, l, u):
    """Share of actuals in [l, u]."""
    return fmean(low <= a <= high for a, low, high in zip(y, l, u, strict=True))


def pinball(y, q, tau):
    """mean of max(tau (y - q), (tau - 1) (y - q))"""
    return fmean(max(tau * (a - b), (tau - 1) * (a - b)) for a, b in zip(y, q, strict=True))


def pinball_ratio(y, q, baseline, tau):
    """Loss of q over that of the baseline where both speak; NaN where the baseline never does."""
    both = [row for row in zip(y, q, baseline, strict=True) if all(map(isfinite, row))]
    if not both:
        return nan
    y, q, baseline = zip(*both)
    return pinball(y, q, tau) / pinball(y, baseline, tau)
