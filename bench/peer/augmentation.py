"""Augmentations by MONAI, one measurement at a time, for bench/augmentation.ts.

Reads commands as JSON lines and answers each with one JSON line:
  {"load": {"images": FILE.npy, "masks": FILE.npy}}  ->  {}
  {"prepare": NAME, "samples": N}                    ->  {}
  {"calls": N}                                       ->  {"ms": [...]}, of each of N calls of what was prepared
Arrays are [B, H, W]. A call augments image and mask of one sample, or of each of N, which it then stacks to a batch.
One thread, as in a worker of a DataLoader, and plain tensors: MONAI's are slower for the history that they keep.
"""

import json
import math
import sys
import time
import warnings


def reply(**answer):
    print(json.dumps(answer), flush=True)


warnings.simplefilter("ignore")
try:
    from importlib.metadata import version

    import numpy as np
    import torch
    from monai.data import set_track_meta
    from monai.transforms import (
        Compose,
        RandAdjustContrastd,
        RandFlipd,
        RandRotated,
        RandScaleIntensityd,
        RandShiftIntensityd,
    )
except ImportError as error:
    reply(missing=error.name)
    sys.exit(0)

torch.set_num_threads(1)
set_track_meta(False)
reply(
    python=sys.version.split()[0],
    **{name: version(name) for name in ["torch", "monai", "numpy"]},
    threads=torch.get_num_threads(),
)

both, image = ["image", "mask"], ["image"]
flip = [RandFlipd(both, prob=1, spatial_axis=1)]
rotation = [
    RandRotated(
        both,
        range_x=math.radians(15),
        prob=1,
        mode=["bilinear", "nearest"],
        padding_mode="zeros",
    )
]
intensity = [RandScaleIntensityd(image, factors=0.1, prob=1), RandShiftIntensityd(image, offsets=0.1, prob=1)]
gamma = [RandAdjustContrastd(image, prob=1, gamma=(0.7, 1.5))]
transforms = {
    "flip": Compose(flip),
    "rotation": Compose(rotation),
    "intensity": Compose(intensity),
    "gamma": Compose(gamma),
    "chain": Compose(flip + rotation + intensity + gamma),
}

samples, once = [], None


def batch(transform, count):
    done = [transform(sample) for sample in samples[:count]]
    return {key: torch.stack([sample[key] for sample in done]) for key in both}


def milliseconds(once):
    start = time.perf_counter()
    once()
    return (time.perf_counter() - start) * 1000


for line in sys.stdin:
    command = json.loads(line)
    if "load" in command:
        images, masks = (
            torch.from_numpy(np.load(command["load"][name]).astype(np.float32))[:, None]
            for name in ["images", "masks"]
        )
        samples = [{"image": image, "mask": mask} for image, mask in zip(images, masks)]
        reply()
    elif "prepare" in command:
        transform, count = transforms[command["prepare"]], command["samples"]
        if count == 1:
            once = lambda: transform(samples[0])
        else:
            once = lambda: batch(transform, count)
        reply()
    else:
        reply(ms=[milliseconds(once) for _ in range(command["calls"])])
