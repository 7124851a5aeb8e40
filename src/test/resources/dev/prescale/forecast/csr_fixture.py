"""Writes csr-history.csv and csr-forecast.csv: a seeded hourly series and what the reference csr.py says of its next steps.

usage: python csr_fixture.py path/to/folder/of/csr.py .
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, sys.argv[1])
import csr  # noqa: E402

DAY = 24
WEEKS = 6
STEPS = 48
ORIGINS = [5 * 7 * DAY + 5 * k for k in range(24)]


def main() -> None:
    out = Path(sys.argv[2])
    rng = np.random.default_rng(20)
    n = WEEKS * 7 * DAY
    t = np.arange(n)
    wander = np.zeros(n)
    for i in range(1, n):
        wander[i] = 0.85 * wander[i - 1] + 0.04 * rng.standard_normal()
    weekend = np.where(t // DAY % 7 >= 5, 0.85, 1.0)
    y = np.round(200 * (1 + 0.5 * np.sin(2 * np.pi * t / DAY)) * weekend * np.exp(wander), 3)
    with open(out / "csr-history.csv", "w") as file:
        file.write("y\n" + "".join(f"{v}\n" for v in y))
    with open(out / "csr-forecast.csv", "w") as file:
        file.write("origin,h,rate\n")
        for origin in ORIGINS:
            rates = csr.forecast(y[:origin], DAY, STEPS)
            file.writelines(f"{origin},{h + 1},{rate:.6f}\n" for h, rate in enumerate(rates))


if __name__ == "__main__":
    main()
