"""What POST /api/v1/forecast with 28 days by 10 minutes takes: the first requests of a fresh JVM, and many later ones."""
import math
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

import service

VALUES, STARTS, FIRST, WARM_UP, WARM = 4032, 5, 20, 150, 100
LEVELS = [0.1, 0.5, 0.9, 0.95, 0.99]


def request(seed=1):
    """A day and a week with noise of 8 %, counts per 10 minutes; the same for a seed."""
    random = Random(seed)
    values = []
    for k in range(VALUES):
        day, week = 2 * math.pi * k / 144, 2 * math.pi * k / 1008
        values.append(round(600 * math.exp(0.8 * math.sin(day) + 0.3 * math.sin(2 * day + 1) + 0.2 * math.sin(week) + random.gauss(0, 0.08))))
    return {"start": "2024-01-01T00:00:00Z", "step": "PT10M", "unit": "count", "values": values, "horizon": "PT48H", "quantiles": LEVELS}


def milliseconds(running, asked):
    begun = time.perf_counter()
    running.forecast_bytes(asked)
    return 1000 * (time.perf_counter() - begun)


def measure(java_options=""):
    """Medians in ms; first: of several starts; cold: one connection, the first requests ever; warm: two connections."""
    firsts = []
    for _ in range(STARTS - 1):
        with service.Service(java_options) as running:
            firsts.append(milliseconds(running, request(0)))
    with service.Service(java_options) as running:
        cold = [milliseconds(running, request(seed)) for seed in range(FIRST)]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda seed: milliseconds(running, request(seed)), range(WARM_UP)))
            warm = list(pool.map(lambda seed: milliseconds(running, request(seed)), range(WARM)))
    return {"first": statistics.median([*firsts, cold[0]]), "starts": STARTS, "cold": statistics.median(cold), "coldRequests": FIRST, "warm": statistics.median(warm), "warmRequests": WARM}


def report(times):
    return "\n".join([
        "| POST /api/v1/forecast, 4,032 values, 48 h, 5 levels | ms |", "|---|---|",
        f"| the first request of a fresh JVM, median of {times['starts']} starts | {times['first']:.0f} |",
        f"| median of the first {times['coldRequests']} of a fresh JVM | {times['cold']:.0f} |",
        f"| median of {times['warmRequests']} after a warm-up, 2 connections | {times['warm']:.1f} |"])
