"""Training steps and forward passes of the U-Net by PyTorch, for bench/step.ts and bench/forward.ts.

Reads commands as JSON lines and answers each with one JSON line:
  {"build": {"base": N, "depth": N, "deepSupervision": true | false, "weights": FILE.safetensors,
             "images": FILE.npy, "masks": FILE.npy, "optimizer": "sgd" | "adam", "threads": N}}  ->  {}
  {"run": "step" | "forward", "variant": NAME of training.py, "calls": N}  ->  {"ms": [...], "values": [...]}
Arrays are float32 [B, H, W, 1]. Each variant starts from the weights. A value is a loss, or the mean of an
array of probabilities; reading the loss or the array is part of a call, the mean is not.
"""

import json
import sys
import time


def reply(**answer):
    print(json.dumps(answer), flush=True)


try:
    import numpy as np
    import torch

    from training import VARIANTS, Training
    from unet import Unet, load_weights
except ImportError as error:
    reply(missing=error.name)
    sys.exit(0)

reply(
    python=sys.version.split()[0],
    torch=torch.__version__,
    threads=torch.get_num_threads(),
    capability=torch.backends.cpu.get_cpu_capability(),
)


def batch(file):
    # One channel first, as PyTorch has it; with one channel the numbers lie in the same order.
    return torch.from_numpy(np.load(file)).permute(0, 3, 1, 2).contiguous()


def build(base, depth, deepSupervision, weights, images, masks, optimizer, threads):
    torch.set_num_threads(threads)

    def network():
        net = Unet(base, depth)
        load_weights(net, weights)
        return net

    return {
        variant: Training(network(), batch(images), batch(masks), variant, optimizer, deepSupervision)
        for variant in VARIANTS
    }


def timed(call):
    start = time.perf_counter()
    value = call()
    return (time.perf_counter() - start) * 1000, value


trainings = {}
for line in sys.stdin:
    command = json.loads(line)
    if "build" in command:
        trainings = {}  # the last ones' memory first
        trainings = build(**command["build"])
        reply()
    else:
        call = getattr(trainings[command["variant"]], command["run"])
        ms, values = zip(*(timed(call) for _ in range(command["calls"])))
        reply(ms=ms, values=[float(np.mean(value)) for value in values])
