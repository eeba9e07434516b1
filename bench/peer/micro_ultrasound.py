"""NIfTI volumes of the published layout as a data set of slices, augmented as experiments/adaptive.yaml says."""

import nibabel
import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import Dataset
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional as T


def read(file):
    """[S, 1, H, W] float32, and the pixel's height and width in mm."""
    image = nibabel.load(file)
    width, height = image.header.get_zooms()[:2]
    voxels = np.asarray(image.dataobj, dtype=np.float32).transpose(2, 1, 0)
    return torch.from_numpy(np.ascontiguousarray(voxels))[:, None], (float(height), float(width))


def read_image(file, size):
    image, _ = read(file)
    return F.interpolate((image / 254).clamp(0, 1), size, mode="area")


def read_mask(file, size):
    mask, _ = read(file)
    return (F.interpolate((mask > 0).float(), size, mode="area") >= 0.5).float()


def between(low, high):
    return low + (high - low) * torch.rand(()).item()


def sometimes():
    return torch.rand(()).item() < 0.5


def augmented(sample):
    """[3, H, W]: image, the expert's mask and the second one, changed together."""
    if sometimes():
        sample = T.horizontal_flip(sample)
    if sometimes():
        sample = T.rotate(sample, between(-15, 15), InterpolationMode.BILINEAR)
        sample[1:] = (sample[1:] >= 0.5).float()
    image = sample[0]
    if sometimes():
        image = image * between(0.9, 1.1) + between(-0.1, 0.1)
    if sometimes():
        low, high = image.min(), image.max()
        if high > low:
            image = low + (high - low) * ((image - low) / (high - low)) ** between(0.7, 1.5)
    return torch.cat([image[None], sample[1:]])


class Slices(Dataset):
    """All slices of cases, in memory."""

    def __init__(self, cases, size, augment):
        names = ("image", "expert", "second")
        readers = (read_image, read_mask, read_mask)
        channels = [
            torch.cat([reader(case[name], size) for case in cases]) for name, reader in zip(names, readers)
        ]
        self.samples = torch.cat(channels, 1)
        self.augment = augment

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        sample = self.samples[index]
        return augmented(sample) if self.augment else sample
