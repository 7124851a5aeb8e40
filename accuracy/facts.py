"""What a page of figures says of code and machine."""
import os
import subprocess

from service import CHECKOUT


def output(*command):
    done = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def first_value(path, key):
    try:
        with open(path) as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith(key)), "")
    except OSError:
        return ""


def machine():
    memory = first_value("/proc/meminfo", "MemTotal").split(" ")[0]
    processor = first_value("/proc/cpuinfo", "model name") or "processor not named"
    return f"{os.cpu_count()} cores, {int(memory) / 2**20:.0f} GiB, {processor}" if memory else f"{os.cpu_count()} cores"


def commit():
    name = output("git", "rev-parse", "--short=10", "HEAD") or "not known"
    changed = output("git", "status", "--porcelain", "--", "src/main", "pom.xml", "models")
    return name + (" with changes that are not committed" if changed else "")


def jvm():
    version = output(os.path.join(output("bin/find-jdk"), "bin", "java"), "-version").splitlines()
    return version[1 if len(version) > 1 else 0] if version else "not known"
