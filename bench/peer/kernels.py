"""Value and gradients of PyTorch's operations, one measurement at a time, for bench/kernels.ts.

Reads commands as JSON lines and answers each with one JSON line:
  {"prepare": NAME, "inputs": [SHAPE...], "truth": SHAPE or null}  ->  {"norm0": of the value, "norm1": of a gradient...}
  {"calls": N}                                                      ->  {"ms": [...]}, of each of N calls
Tensors have the numbers of bench/kernels.ts. Images are channels last in memory, which is what PyTorch does these
operations fastest in. A measurement is one call and one backward pass, in eager mode.
"""

import json
import os
import sys
import time

# Threads that wait their turn must not spin: it would slow the other program, which then slows this one.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def reply(**answer):
    print(json.dumps(answer), flush=True)


try:
    from importlib.metadata import version

    import torch
    import torch.nn.functional as F
except ImportError as error:
    reply(missing=error.name)
    sys.exit(0)

reply(python=sys.version.split()[0], torch=version("torch"), threads=torch.get_num_threads())


def waves(k, shape):
    i = torch.arange(torch.Size(shape).numel(), dtype=torch.float64)
    return torch.sin(0.37 * i + k).to(torch.float32).reshape(shape)


def torch_layout(x):
    """An image [B, H, W, C] as PyTorch indexes it; in memory it stays as it is."""
    return x.permute(0, 3, 1, 2) if x.dim() == 4 else x


def truth_of(shape):
    if shape[-1] == 1:
        return torch_layout((waves(9, shape) > 0).to(torch.float32))
    return waves(9, shape).argmax(-1)


def resize(x):
    return F.interpolate(x, (2 * x.shape[2], 2 * x.shape[3]), mode="bilinear", align_corners=True)


functions = {
    "relu": F.relu,
    "batchNorm": lambda x, scale, offset: F.batch_norm(x, None, None, scale, offset, training=True),
    "maxPool": lambda x: F.max_pool2d(x, 2),
    "resizeBilinear": resize,
    "layerNorm": lambda x, scale, offset: F.layer_norm(x, scale.shape, scale, offset),
    "gelu": F.gelu,
    "dense": lambda x, kernel, bias: F.linear(x, kernel, bias),
    "softmaxCrossEntropy": F.cross_entropy,
    "sigmoidCrossEntropy": F.binary_cross_entropy_with_logits,
}


def prepared(name, shapes, truth_shape):
    f = functions[name]
    inputs = [torch_layout(waves(k, shape)) for k, shape in enumerate(shapes)]
    if name == "dense":  # PyTorch keeps its kernels transposed
        inputs[1] = inputs[1].T.contiguous()
    for x in inputs:
        x.requires_grad_()
    truth = [] if truth_shape is None else [truth_of(truth_shape)]
    with torch.no_grad():
        shape = f(*inputs, *truth).shape
    if len(shape) == 4:
        b, c, h, w = shape
        dy = torch_layout(waves(8, (b, h, w, c)))
    else:
        dy = waves(8, shape) if len(shape) > 0 else None

    def once():
        for x in inputs:
            x.grad = None
        y = f(*inputs, *truth)
        y.backward(dy)
        return y

    value = once()
    return once, [value, *(x.grad for x in inputs)]


def milliseconds(once):
    start = time.perf_counter()
    once()
    return (time.perf_counter() - start) * 1000


once = None

for line in sys.stdin:
    command = json.loads(line)
    if "prepare" in command:
        once, tensors = prepared(command["prepare"], command["inputs"], command["truth"])
        reply(**{f"norm{i}": tensor.detach().norm().item() for i, tensor in enumerate(tensors)})
    else:
        reply(ms=[milliseconds(once) for _ in range(command["calls"])])
