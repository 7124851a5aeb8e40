"""The same requests to two processes, one of them with a single thread to compute on: the bytes must be the same."""
import hashlib

import service
import timing


def sample(tasks):
    """Requests of every kind: every fifth task of the referee with local time, and the request of the timing."""
    requests = [timing.request()]
    for task in tasks[::5]:
        seconds = task["stepSeconds"]
        requests.append({"start": task["start"], "step": f"PT{seconds}S", "unit": "count", "values": task["values"], "timeZone": task["timeZone"],
                         "horizon": f"PT{seconds * task['horizonSteps']}S", "quantiles": [0.05, 0.5, 0.95], "peaks": [{"from": "PT0S", "to": "PT1H"}, {"from": "PT1H", "to": "PT6H"}]})
    return requests


def digests(requests, java_options):
    with service.Service(java_options) as running:
        return [hashlib.sha256(running.forecast_bytes(request)).hexdigest() for request in requests]


def measure(tasks):
    requests = sample(tasks)
    first = digests(requests, "")
    second = digests(requests[::-1], "-XX:ActiveProcessorCount=1")[::-1]
    different = [index for index, pair in enumerate(zip(first, second)) if pair[0] != pair[1]]
    return {"requests": len(requests), "different": len(different)}


def report(result):
    return f"{result['requests']} requests to two processes, the second with one thread (`-XX:ActiveProcessorCount=1`) and in the opposite order: {result['different']} answers differ."
