"""Value and gradient of losses by PyTorch, MONAI and torchvision, one measurement at a time, for bench/losses.ts.

Reads commands as JSON lines and answers each with one JSON line:
  {"load": {"logits": FILE.npy, "mask": ..., "second": ..., "distance": ...}}  ->  {}
  {"prepare": NAME, "options": {...}}  ->  {"value": ..., "gradientNorm": ...}
  {"calls": N}                         ->  {"ms": [...]}, of each of N calls of what was prepared
Arrays are float32 [B, H, W, 1]. Loading them, and building the loss, is not part of the measurement. A measurement
is one call, one backward pass and the value as a number; eager mode, as losslab's engine.

Where a library has the loss, it is the library's; the others are written here as they are published, with torch's
own operations: no loops over pixels and no compilation.
"""

import json
import os
import sys
import time
import warnings
from functools import partial

# Threads that wait their turn must not spin: it would slow the other program, which then slows this one.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def reply(**answer):
    print(json.dumps(answer), flush=True)


try:
    from importlib.metadata import version

    import numpy as np
    import torch
    import torch.nn.functional as F
    from monai.losses import (
        DiceCELoss,
        DiceFocalLoss,
        DiceLoss,
        FocalLoss,
        HausdorffDTLoss,
        TverskyLoss,
    )
    from scipy.ndimage import distance_transform_edt
    from torchvision.ops import sigmoid_focal_loss

    import paper_losses
except ImportError as error:
    reply(missing=error.name)
    sys.exit(0)

reply(
    python=sys.version.split()[0],
    **{name: version(name) for name in ["torch", "torchvision", "monai", "scipy", "numpy"]},
    threads=torch.get_num_threads(),
)
warnings.simplefilter("ignore")

data = {}


# PyTorch


def bce(z):
    return F.binary_cross_entropy_with_logits(z, data["mask"])


def weighted_bce(z, foregroundWeight):
    weight = torch.tensor(foregroundWeight)
    return F.binary_cross_entropy_with_logits(z, data["mask"], pos_weight=weight)


def torchvision_focal(z, alpha, gamma):
    return sigmoid_focal_loss(z, data["mask"], alpha=alpha, gamma=gamma, reduction="mean")


# MONAI: a class, built once


def monai(cls, **options):
    loss = cls(**options)
    return lambda z: loss(z, data["mask"])


# Written out


def py_torch_focal(z, **options):
    return paper_losses.py_torch_focal(z, data["mask"], **options)


def ag_bce(z, **options):
    return paper_losses.ag_bce(z, data["mask"], data["second"], **options)


def adaptive_focal(z, **options):
    return paper_losses.adaptive_focal(z, data["mask"], data["second"], **options)


def boundary_weighted_bce(z, borderWeight, sigmaPixels):
    phi = data["distance"]
    from_border = torch.where(phi > 0, phi - 1, -phi)
    weight = 1 + borderWeight * torch.exp(-(from_border**2) / (2 * sigmaPixels**2))
    return F.binary_cross_entropy_with_logits(z, data["mask"], weight=weight)


def per_image(x):
    return x.flatten(1).sum(1)


def tversky_index(z, falsePositive, falseNegative, smooth):
    y, p = data["mask"], torch.sigmoid(z)
    tp, fp, fn = per_image(p * y), per_image(p * (1 - y)), per_image((1 - p) * y)
    return (tp + smooth) / (tp + falsePositive * fp + falseNegative * fn + smooth)


def focal_tversky(z, falsePositive, falseNegative, exponent, smooth):
    return ((1 - tversky_index(z, falsePositive, falseNegative, smooth)) ** exponent).mean()


def focal_dice(z, beta, smooth):
    y, p = data["mask"], torch.sigmoid(z)
    dice = (2 * per_image(p * y) + smooth) / (per_image(p) + per_image(y) + smooth)
    return (1 - dice ** (1 / beta)).mean()


def unified_focal(z, symmetry, delta, gamma, weight, smooth):
    y, p = data["mask"], torch.sigmoid(z)
    on = F.binary_cross_entropy_with_logits(z, torch.ones_like(y), reduction="none")
    off = F.binary_cross_entropy_with_logits(z, torch.zeros_like(y), reduction="none")
    tp, fp, fn, tn = (per_image(x) for x in (p * y, p * (1 - y), (1 - p) * y, (1 - p) * (1 - y)))
    front = 1 - (tp + smooth) / (tp + (1 - delta) * fp + delta * fn + smooth)
    back = 1 - (tn + smooth) / (tn + (1 - delta) * fn + delta * fp + smooth)
    if symmetry == "symmetric":
        on = (1 - p) ** gamma * on
        back = back ** (1 - gamma)
    pixels = delta * y * on + (1 - delta) * (1 - y) * p**gamma * off
    regions = (front ** (1 - gamma) + back) / 2
    return weight * regions.mean() + (1 - weight) * pixels.mean()


def lovasz_hinge(z):
    """As in LovaszSoftmax (Berman), per image."""
    losses = []
    for logits, labels in zip(z, data["mask"]):
        logits, labels = logits.flatten(), labels.flatten()
        errors, order = torch.sort(1 - logits * (2 * labels - 1), descending=True)
        truth = labels[order]
        intersection = truth.sum() - truth.cumsum(0)
        union = truth.sum() + (1 - truth).cumsum(0)
        jaccard = 1 - intersection / union
        jaccard = torch.cat([jaccard[:1], jaccard[1:] - jaccard[:-1]])
        losses.append(torch.dot(F.relu(errors), jaccard.detach()))
    return torch.stack(losses).mean()


def boundary(z):
    return (torch.sigmoid(z) * data["distance"]).mean()


def aleatoric(z, sigma, samples):
    y = data["mask"]
    noisy = z[None] + sigma * torch.randn(samples, *z.shape)
    log_p = -F.softplus(-noisy * (2 * y - 1))
    return (np.log(samples) - torch.logsumexp(log_p, 0)).mean()


def distance_maps():
    """Signed distance maps of the batch's masks, as one_hot2dist of boundary-loss (Kervadec)."""
    maps = []
    for mask in data["mask"].numpy()[:, 0] > 0.5:
        outside, inside = distance_transform_edt(~mask), distance_transform_edt(mask)
        maps.append(outside * ~mask - (inside - 1) * mask)
    return np.stack(maps).astype(np.float32)


def both(cls, smooth, **options):
    return monai(cls, sigmoid=True, smooth_nr=smooth, smooth_dr=smooth, **options)


written = {
    "bce": bce,
    "weightedBce": weighted_bce,
    "torchvisionFocal": torchvision_focal,
    "pyTorchFocal": py_torch_focal,
    "agBce": ag_bce,
    "adaptiveFocal": adaptive_focal,
    "boundaryWeightedBce": boundary_weighted_bce,
    "focalTversky": focal_tversky,
    "focalDice": focal_dice,
    "unifiedFocal": unified_focal,
    "lovaszHinge": lovasz_hinge,
    "boundary": boundary,
    "aleatoric": aleatoric,
}

by_monai = {
    "focal": lambda gamma: monai(FocalLoss, gamma=gamma),
    "softDice": lambda smooth, squared: both(DiceLoss, smooth, squared_pred=squared),
    "jaccard": lambda smooth: both(DiceLoss, 2 * smooth, jaccard=True),
    "tversky": lambda falsePositive, falseNegative, smooth: both(
        TverskyLoss, smooth, alpha=falsePositive, beta=falseNegative
    ),
    "diceCe": lambda smooth: both(DiceCELoss, smooth),
    "diceFocal": lambda smooth, gamma: both(DiceFocalLoss, smooth, gamma=gamma),
    "hausdorffDt": lambda exponent: monai(HausdorffDTLoss, sigmoid=True, alpha=exponent),
}

def step(loss):
    z = data["logits"]

    def once():
        z.grad = None
        value = loss(z)
        value.backward()
        return value.item()

    return once


def milliseconds(once):
    start = time.perf_counter()
    once()
    return (time.perf_counter() - start) * 1000


once = None

for line in sys.stdin:
    command = json.loads(line)
    if "load" in command:
        # One channel first, as PyTorch has it; with one channel the numbers lie in the same order.
        data = {
            name: torch.from_numpy(np.load(file)).permute(0, 3, 1, 2).contiguous()
            for name, file in command["load"].items()
        }
        data["logits"].requires_grad_()
        reply()
    elif command.get("prepare") == "distanceMaps":
        once = distance_maps
        reply(value=float(once().mean(dtype=np.float64)), gradientNorm=0)
    elif "prepare" in command:
        name, options = command["prepare"], command["options"]
        once = step(by_monai[name](**options) if name in by_monai else partial(written[name], **options))
        value = once()
        reply(value=value, gradientNorm=data["logits"].grad.norm().item())
    else:
        reply(ms=[milliseconds(once) for _ in range(command["calls"])])
