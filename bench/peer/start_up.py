"""A PyTorch script from its start to its first training step, for bench/startUp.ts.

    python bench/peer/start_up.py '{"images": FILE.npy, "masks": FILE.npy, "baseWidth": N, "batch": N, "threads": N}'

Arrays are float32 [S, H, W, 1], the whole training set. Prints the loss of the step.
"""

import json
import sys

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset

from training import Training
from unet import Unet

task = json.loads(sys.argv[1])
torch.set_num_threads(task["threads"])
images, masks = (
    torch.from_numpy(np.load(task[name])).permute(0, 3, 1, 2).contiguous() for name in ("images", "masks")
)
loader = DataLoader(TensorDataset(images, masks), task["batch"], shuffle=True)
training = Training(Unet(task["baseWidth"]), *next(iter(loader)), "channelsLast")
print(training.step(), flush=True)
