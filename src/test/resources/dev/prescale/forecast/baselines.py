"""Reference values for HoltWintersTest and SeasonalTrendTest by statsmodels; see baselines.md."""

import csv
import math
import sys

import numpy as np
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.holtwinters import SimpleExpSmoothing
from statsmodels.tsa.seasonal import MSTL

DAY, WEEK, SIZE, AHEAD = 24, 168, 3 * 168 + 5, 60
folder = sys.argv[1]

random = np.random.default_rng(17)
t = np.arange(SIZE)
cycle = 50 + 30 * np.sin(2 * math.pi * t / DAY) + 10 * np.cos(4 * math.pi * t / DAY)
y = np.round(cycle * np.where(t // DAY % 7 >= 5, 0.6, 1) * np.exp(0.1 * random.standard_normal(SIZE)) + 0.02 * t, 3)


def least_odd(value):
    width = math.ceil(value)
    return width + 1 - width % 2


def tenth(width):
    return math.ceil(width / 10)


def decomposed(values, periods, windows):
    # statsmodels passes one set of options to every season; the jumps differ from season to season, so STL is called here
    # by the loop of MSTL itself
    from statsmodels.tsa.seasonal import STL

    seasonal = [np.zeros(len(values)) for _ in periods]
    rest = values.copy()
    for _ in range(2):
        for i, period in enumerate(periods):
            rest = rest + seasonal[i]
            trend = least_odd(1.5 * period / (1 - 1.5 / windows[i]))
            low = least_odd(period)
            seasonal[i] = (
                STL(rest, period, seasonal=windows[i], trend=trend, low_pass=low, trend_jump=tenth(trend), low_pass_jump=tenth(low))
                .fit(inner_iter=2, outer_iter=0)
                .seasonal
            )
            rest = rest - seasonal[i]
    return seasonal, rest


# the loop above is MSTL's: with the same jumps everywhere both must agree
same = MSTL(y, periods=(DAY, WEEK), windows=(11, 15), iterate=2, stl_kwargs={"inner_iter": 2, "outer_iter": 0, "trend_jump": 1}).fit()
tenth_before, tenth = tenth, lambda width: 1
check, _ = decomposed(y, (DAY, WEEK), (11, 15))
tenth = tenth_before
assert np.allclose(same.seasonal[:, 0], check[0]) and np.allclose(same.seasonal[:, 1], check[1])

(day, week), rest = decomposed(y, (DAY, WEEK), (11, 15))

best = min(
    (SimpleExpSmoothing(rest, initialization_method="known", initial_level=rest[0]).fit(k / 10, optimized=False) for k in range(1, 10)),
    key=lambda fit: fit.sse,
)
repeated = [best.forecast(1)[0] + day[SIZE - DAY + h % DAY] + week[SIZE - WEEK + h % WEEK] for h in range(AHEAD)]

# Holt-Winters from the second day on, with what the first day gives as known. ETSModel and not ExponentialSmoothing, whose
# forecast forgets the last update of the season. Its trend moves by beta times the error: 0.001 is alpha times 0.01.
level = y[:DAY].mean()
ets = ETSModel(
    y[DAY:],
    error="add",
    trend="add",
    damped_trend=True,
    seasonal="add",
    seasonal_periods=DAY,
    initialization_method="known",
    initial_level=level,
    initial_trend=0.0,
    initial_seasonal=y[:DAY] - level,
)
given = {"smoothing_level": 0.1, "smoothing_trend": 0.001, "smoothing_seasonal": 0.2, "damping_trend": 0.98}
holt = ets.smooth([given[name] for name in ets.param_names if name in given])

with open(f"{folder}/baselines-history.csv", "w", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["y", "day", "week", "adjusted", "holt_winters_fitted"])
    fitted = [""] * DAY + [repr(float(v)) for v in holt.fittedvalues]
    for k in range(SIZE):
        rows.writerow([float(y[k]), repr(float(day[k])), repr(float(week[k])), repr(float(rest[k])), fitted[k]])
with open(f"{folder}/baselines-forecast.csv", "w", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["holt_winters", "seasonal_trend"])
    for a, b in zip(holt.forecast(AHEAD), repeated):
        rows.writerow([repr(float(a)), repr(float(b))])
