"""The losses of experiments/adaptive.yaml as they are published, in PyTorch's own operations.

Logits z, masks y and second masks n are [B, 1, H, W]; the other options are called as in losslab's YAML.
"""

import torch
import torch.nn.functional as F

EPSILON = 1e-6


def dilated(differs, kernel):
    """A square whose anchor is kernel // 2, as OpenCV's."""
    before, after = kernel // 2, kernel - 1 - kernel // 2
    return F.max_pool2d(F.pad(differs, (before, after, before, after)), kernel, 1)


def of_true_class(p, y):
    return p * y + (1 - p) * (1 - y)


def py_torch_focal(z, y, alpha, gamma, input):
    z = z if input == "logits" else torch.sigmoid(z)
    cross_entropy = F.binary_cross_entropy_with_logits(z, y, reduction="none")
    return (alpha * (1 - of_true_class(torch.sigmoid(z), y)) ** gamma * cross_entropy).mean()


def ag_bce(z, y, n, kernel, hardWeight):
    p = torch.sigmoid(z)
    loss = -0.5 * y * torch.log(p + EPSILON) - 0.5 * (1 - y) * torch.log(1 - p + EPSILON)
    hard = dilated((y - n).abs(), kernel)
    easy_sum, hard_sum = (loss * (1 - hard)).sum(), (loss * hard).sum()
    return (easy_sum + hardWeight * hard_sum) / (1 + hardWeight) / z.numel()


def adaptive_focal(z, y, n, kernel, gammaFloor=0.01, gammaCeiling=2):
    p = torch.sigmoid(z)
    gamma = min(max((1 - p.mean() + n.mean()).item(), gammaFloor), gammaCeiling)
    p_t = of_true_class(torch.clamp(p, EPSILON, 1 - EPSILON), y)
    loss = -0.5 * (1 - p_t) ** gamma * torch.log(p_t + EPSILON)
    hard = dilated((y - n).abs(), kernel)
    return ((loss * (1 - hard)).sum() / gamma + gamma * (loss * hard).sum()) / z.numel()
