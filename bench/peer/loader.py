"""Volumes read by nibabel, one measurement at a time, for bench/loader.ts.

Reads commands as JSON lines and answers each with one JSON line:
  {"prepare": FILE.nii or FILE.nii.gz}  ->  {"mean": ...}, of its voxels
  {"calls": N}                          ->  {"ms": [...]}, of each of N times that the file was read
Reading is opening the file and having its voxels as an array in the file's own type, in memory.
"""

import json
import sys
import time


def reply(**answer):
    print(json.dumps(answer), flush=True)


try:
    import nibabel
    import numpy as np
except ImportError as error:
    reply(missing=error.name)
    sys.exit(0)

reply(python=sys.version.split()[0], nibabel=nibabel.__version__, numpy=np.__version__)

file = None


def read():
    # A file that is not compressed would only be mapped into memory, and its voxels not be there.
    return np.asarray(nibabel.load(file, mmap=False).dataobj)


def milliseconds(once):
    start = time.perf_counter()
    once()
    return (time.perf_counter() - start) * 1000


for line in sys.stdin:
    command = json.loads(line)
    if "prepare" in command:
        file = command["prepare"]
        reply(mean=float(read().mean(dtype=np.float64)))
    else:
        reply(ms=[milliseconds(read) for _ in range(command["calls"])])
