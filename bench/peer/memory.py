"""The peak of the resident memory of a process that trains the U-Net by PyTorch, for bench/memory.ts.

    python bench/peer/memory.py '{"variant": NAME of training.py, "baseWidth": N, "size": N, "batch": N, "steps": N,
                                  "threads": N}'

Prints {"peakMb": ...}.
"""

import json
import re
import sys

import numpy as np
import torch

from training import Training
from unet import Unet

task = json.loads(sys.argv[1])
torch.set_num_threads(task["threads"])
rng = np.random.default_rng(1)
images = rng.standard_normal((task["batch"], 1, task["size"], task["size"]), dtype=np.float32)
masks = (images > 0.3).astype(np.float32)
training = Training(
    Unet(task["baseWidth"]), torch.from_numpy(images), torch.from_numpy(masks), task["variant"]
)
for _ in range(task["steps"]):
    training.step()
with open("/proc/self/status") as status:
    peak = int(re.search(r"^VmHWM:\s+(\d+) kB$", status.read(), re.M)[1])
print(json.dumps({"peakMb": peak / 1024}))
