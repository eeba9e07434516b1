"""A training step and a forward pass of PyTorch on the CPU, as its users write them, in three variants."""

import torch
from torch.nn import functional as F

# memory format, whether under autocast to bfloat16
VARIANTS = {
    "nchw": (torch.contiguous_format, False),
    "channelsLast": (torch.channels_last, False),
    "amp": (torch.channels_last, True),
}


def bce(outputs, truths):
    """The sum over as many heads as there are truths, full resolution first."""
    return sum(F.binary_cross_entropy_with_logits(z.float(), y) for z, y in zip(outputs, truths))


def pyramid(masks):
    """Masks at every scale: 1 where at least half of a block is."""
    return [masks] + [(F.avg_pool2d(masks, 2**scale) >= 0.5).float() for scale in (1, 2, 3)]


def build_optimizer(net, kind, learning_rate):
    if kind == "sgd":
        return torch.optim.SGD(net.parameters(), lr=learning_rate, momentum=0.9)
    return torch.optim.Adam(net.parameters(), lr=learning_rate)


class Training:
    """A network, its optimizer and a batch [B, 1, H, W] that it is trained with again and again."""

    def __init__(self, net, images, masks, variant, optimizer="sgd", deep_supervision=False, learning_rate=0.01):
        memory_format, self.amp = VARIANTS[variant]
        self.net = net.to(memory_format=memory_format)
        self.images = images.contiguous(memory_format=memory_format)
        self.truths = pyramid(masks) if deep_supervision else [masks]
        self.optimizer = build_optimizer(self.net, optimizer, learning_rate)

    def autocast(self):
        return torch.autocast("cpu", torch.bfloat16, enabled=self.amp)

    def step(self):
        """The loss before the step."""
        self.net.train()
        self.optimizer.zero_grad(set_to_none=True)
        with self.autocast():
            loss = bce(self.net(self.images), self.truths)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def forward(self):
        """Foreground probabilities, an array of [B, 1, H, W]."""
        self.net.eval()
        with torch.inference_mode(), self.autocast():
            return torch.sigmoid(self.net(self.images)[0].float()).numpy()
