"""The experiment of experiments/adaptive.yaml as a plain PyTorch script, for bench/experiment.ts.

    python bench/peer/experiment.py TASK.json

The task says which files are in which split and what is trained (bench/experimentTask.ts). Writes weights, predictions
and scores below its folder "out". Prints a JSON line for each loss: {"loss", "seconds", "train", "evaluate",
"validation": [Dice of each epoch], "scores": {metric: mean over patients}}, and first {"load": seconds}.
"""

import json
import sys
import time
from pathlib import Path

import nibabel
import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader

import paper_losses
from micro_ultrasound import Slices, read, read_image
from slice_scores import case_scores
from unet import Unet

task = json.loads(Path(sys.argv[1]).read_text())
out = Path(task["out"])
size, epochs, batch_size = task["size"], task["epochs"], task["batchSize"]
torch.set_num_threads(task["threads"])


def loss_of(spec):
    """A loss of one scale, (logits, expert's mask, second mask, kernel) to a scalar."""
    if spec["kind"] == "pyTorchFocal":
        options = {name: spec[name] for name in ("alpha", "gamma", "input")}
        return lambda z, y, n, kernel: paper_losses.py_torch_focal(z, y, **options)
    if spec["kind"] == "agBce":
        return lambda z, y, n, kernel: paper_losses.ag_bce(z, y, n, kernel, spec["hardWeight"])
    return lambda z, y, n, kernel: paper_losses.adaptive_focal(z, y, n, kernel)


def deep_supervised(loss, outputs, masks):
    """The sum over the heads; coarse masks hold where at least half of a block does."""
    total = 0
    for scale, (z, kernel) in enumerate(zip(outputs, task["kernels"])):
        at_scale = masks if scale == 0 else (F.avg_pool2d(masks, 2**scale) >= 0.5).float()
        total = total + loss(z, at_scale[:, :1], at_scale[:, 1:], kernel)
    return total


@torch.inference_mode()
def probabilities(net, images):
    net.eval()
    parts = images.contiguous(memory_format=torch.channels_last).split(batch_size)
    return torch.cat([torch.sigmoid(net(part)[0]) for part in parts])


def validation_dice(net, samples):
    prediction, mask = probabilities(net, samples[:, :1]) >= 0.5, samples[:, 1:2] >= 0.5
    both, areas = ((prediction & mask).flatten(1).sum(1), (prediction.flatten(1).sum(1) + mask.flatten(1).sum(1)))
    return (2 * both / areas)[mask.flatten(1).any(1)].mean().item()


def new_network():
    net = Unet(task["baseWidth"], task["depth"])
    for module in net.modules():
        if isinstance(module, (torch.nn.Conv2d, torch.nn.ConvTranspose2d)):
            torch.nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                torch.nn.init.zeros_(module.bias)
    return net.to(memory_format=torch.channels_last)


def train(name, loss, loader, validation):
    net = new_network()
    optimizer = torch.optim.SGD(
        net.parameters(), lr=task["learningRate"], momentum=task["momentum"], weight_decay=task["weightDecay"]
    )
    steps = epochs * len(loader)
    schedule = torch.optim.lr_scheduler.PolynomialLR(optimizer, steps, task["power"])
    dices = []
    for _ in range(epochs):
        net.train()
        for batch in loader:
            images = batch[:, :1].contiguous(memory_format=torch.channels_last)
            optimizer.zero_grad(set_to_none=True)
            value = deep_supervised(loss, net(images), batch[:, 1:])
            value.backward()
            optimizer.step()
            schedule.step()
            if not np.isfinite(value.item()):
                raise FloatingPointError(f"{name}: the loss is not finite")
        dices.append(validation_dice(net, validation.samples))
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, out / f"{name}.pt")
    return net, dices


def evaluate(name, net):
    """Mean scores over the test patients, one case each."""
    scores = []
    for case in task["test"]:
        reference, spacing = read(case["expert"])
        image = read_image(case["image"], size)
        native = F.interpolate(probabilities(net, image), reference.shape[2:], mode="bilinear", align_corners=False)
        mask = native[:, 0].numpy() >= 0.5
        scores.append(case_scores(mask, reference[:, 0].numpy() > 0, spacing))
        voxels = np.ascontiguousarray(mask.transpose(2, 1, 0), dtype=np.uint8)
        image = nibabel.Nifti1Image(voxels, nibabel.load(case["expert"]).affine)
        nibabel.save(image, out / f"{name}-{case['id']}.nii.gz")
    names = {metric for case in scores for metric in case}
    return {metric: float(np.mean([case[metric] for case in scores if metric in case])) for metric in names}


def main():
    start = time.perf_counter()
    training, validation = Slices(task["train"], size, augment=True), Slices(task["validation"], size, augment=False)
    workers = task["workers"]
    loader = DataLoader(
        training, batch_size, shuffle=True, num_workers=workers, persistent_workers=workers > 0
    )
    print(json.dumps({"load": time.perf_counter() - start}), flush=True)
    for name, spec in task["losses"].items():
        torch.manual_seed(task["seed"])
        start = time.perf_counter()
        net, dices = train(name, loss_of(spec), loader, validation)
        trained = time.perf_counter()
        scores = evaluate(name, net)
        end = time.perf_counter()
        times = {"seconds": end - start, "train": trained - start, "evaluate": end - trained}
        result = {"loss": name, **times, "validation": dices, "scores": scores}
        (out / f"{name}.json").write_text(json.dumps(result))
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
