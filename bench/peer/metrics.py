"""HD95 by medpy and by MONAI, one measurement at a time, for bench/metrics.ts.

Reads commands as JSON lines and answers each with one JSON line:
  {"load": [PREDICTION.npy, REFERENCE.npy], "spacing": [...]}  ->  {}
  {"time": "medpy" | "monai"}  ->  {"ms": ..., "value": ...}
Loading and converting the masks is not part of the measurement.
"""

import json
import sys
import time
import warnings


def reply(**answer):
    print(json.dumps(answer), flush=True)


try:
    import medpy
    import monai
    import numpy as np
    import scipy
    import torch
    from importlib.metadata import version
    from medpy.metric.binary import hd95
    from monai.metrics import compute_hausdorff_distance
except ImportError as error:
    reply(missing=error.name)
    sys.exit(0)

names = ["medpy", "monai", "torch", "scipy", "numpy"]
reply(python=sys.version.split()[0], **{name: version(name) for name in names})

warnings.simplefilter("ignore")
arrays, tensors, spacing = [], [], []


def by_medpy():
    return hd95(*arrays, voxelspacing=spacing)


def by_monai():
    return float(
        compute_hausdorff_distance(*tensors, include_background=True, percentile=95, spacing=spacing)
    )


for line in sys.stdin:
    command = json.loads(line)
    if "load" in command:
        arrays = [np.load(file).astype(bool) for file in command["load"]]
        tensors = [torch.from_numpy(mask[None, None].astype(np.float32)) for mask in arrays]
        spacing = [float(mm) for mm in command["spacing"]]  # MONAI wants them of one type
        reply()
        continue
    measure = {"medpy": by_medpy, "monai": by_monai}[command["time"]]
    start = time.perf_counter()
    value = measure()
    reply(ms=(time.perf_counter() - start) * 1000, value=value)
