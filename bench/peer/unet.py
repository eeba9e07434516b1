"""The U-Net of src/models/unet.ts in plain PyTorch: same layers, same heads, same count of parameters."""

import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

HEADS = 4


class Block(nn.Module):
    """Two 3 x 3 convolutions, each with batch norm (or a bias) and ReLU."""

    def __init__(self, into, out, batch_norm):
        super().__init__()
        self.conv1 = nn.Conv2d(into, out, 3, padding=1, bias=not batch_norm)
        self.norm1 = nn.BatchNorm2d(out) if batch_norm else nn.Identity()
        self.conv2 = nn.Conv2d(out, out, 3, padding=1, bias=not batch_norm)
        self.norm2 = nn.BatchNorm2d(out) if batch_norm else nn.Identity()

    def forward(self, x):
        x = F.relu(self.norm1(self.conv1(x)), inplace=True)
        return F.relu(self.norm2(self.conv2(x)), inplace=True)


class Unet(nn.Module):
    """[B, 1, H, W] to logits at full, half, quarter and eighth resolution."""

    def __init__(self, base=16, depth=4, batch_norm=True):
        super().__init__()
        width = [base * 2**i for i in range(depth + 1)]
        self.encoder = nn.ModuleList(
            Block(width[i - 1] if i else 1, width[i], batch_norm) for i in range(depth + 1)
        )
        self.up = nn.ModuleList(nn.ConvTranspose2d(width[i + 1], width[i], 2, 2) for i in range(depth))
        self.decoder = nn.ModuleList(Block(width[i + 1], width[i], batch_norm) for i in range(depth))
        self.heads = nn.ModuleList(nn.Conv2d(width[i], 1, 1) for i in range(HEADS))

    def forward(self, x):
        features = []
        for i, block in enumerate(self.encoder):
            features.append(block(F.max_pool2d(features[-1], 2) if i else x))
        for i in reversed(range(len(self.decoder))):
            features[i] = self.decoder[i](torch.cat([features[i], self.up[i](features[i + 1])], 1))
        return [head(f) for head, f in zip(self.heads, features)]


def leaves(net):
    """The path that losslab gives to each parameter and moment, and PyTorch's tensor of it."""
    found = {}
    blocks = {f"encoder/{i}": b for i, b in enumerate(net.encoder)}
    blocks |= {f"decoder/{i}": b for i, b in enumerate(net.decoder)}
    for path, block in blocks.items():
        for unit in "12":
            conv, norm = getattr(block, f"conv{unit}"), getattr(block, f"norm{unit}")
            params, state = f"params/{path}/conv{unit}", f"state/{path}/conv{unit}"
            found[f"{params}/kernel"] = conv.weight
            if conv.bias is not None:
                found[f"{params}/bias"] = conv.bias
                continue
            found |= {f"{params}/scale": norm.weight, f"{params}/offset": norm.bias}
            found |= {f"{state}/mean": norm.running_mean, f"{state}/variance": norm.running_var}
    for i, up in enumerate(net.up):
        found |= {f"params/decoder/{i}/up/kernel": up.weight, f"params/decoder/{i}/up/bias": up.bias}
    for i, head in enumerate(net.heads):
        found |= {f"params/heads/{i}/kernel": head.weight, f"params/heads/{i}/bias": head.bias}
    return found


def read_safetensors(file):
    """Arrays of float32 by name."""
    with open(file, "rb") as stream:
        header = json.loads(stream.read(int.from_bytes(stream.read(8), "little")))
        data = stream.read()
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(data[slice(*entry["data_offsets"])], np.float32).reshape(entry["shape"])
        for name, entry in header.items()
    }


def load_weights(net, file):
    """Fills the network from losslab's weights: what a kernel is indexed by, [H, W, in, out] there (transposed: [H, W,
    out, in]), is [out, in, H, W] here (transposed: [in, out, H, W])."""
    arrays, own = read_safetensors(file), leaves(net)
    if arrays.keys() != own.keys():
        raise ValueError(f"another network: {sorted(arrays.keys() ^ own.keys())}")
    with torch.no_grad():
        for path, array in arrays.items():
            value = torch.from_numpy(array.copy())
            own[path].copy_(value.permute(3, 2, 0, 1) if value.dim() == 4 else value)
