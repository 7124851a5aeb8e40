"""A service of this checkout on a free loopback port, ended by its process id."""
import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LONGEST_START_SECONDS = 120
LONGEST_END_SECONDS = 20


class Service:
    """with Service() as service: service.forecast({...})"""

    def __init__(self, java_options="", log=None):
        self.java_options = java_options
        self.log_path = log
        self.folder = None
        self.process = None
        self.log = None
        self.url = None

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="prescale-accuracy-")
        endpoints = Path(self.folder.name, "endpoints")
        endpoints.mkdir()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PRESCALE_")}
        environment |= {"PRESCALE_HTTP_PORT": str(port), "PRESCALE_DATA": str(Path(self.folder.name, "data")),
                        "PRESCALE_ENDPOINTS": str(endpoints), "PRESCALE_JAVA_OPTIONS": self.java_options}
        self.log_path = self.log_path or Path(self.folder.name, "service.log")
        self.log = open(self.log_path, "wb")
        self.process = subprocess.Popen([str(CHECKOUT / "bin/prescale"), "serve"], env=environment, cwd=self.folder.name,
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)
        try:
            self.await_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def await_ready(self):
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.url + "/q/health/ready", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the service did not become ready:\n{Path(self.log_path).read_text(errors='replace')[-2000:]}")

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(LONGEST_END_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.log:
            self.log.close()
        if self.folder:
            self.folder.cleanup()

    def forecast_bytes(self, request):
        body = json.dumps(request).encode()
        asked = urllib.request.Request(self.url + "/api/v1/forecast", body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(asked, timeout=120) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"POST /api/v1/forecast: {error.code} {error.read()[:500]!r}") from error

    def forecast(self, request):
        return json.loads(self.forecast_bytes(request))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
