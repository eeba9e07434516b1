"""Scores of a case, slice by slice at native resolution; slices where a mask is empty do not count."""

import numpy as np
from medpy.metric.binary import hd95


def overlaps(prediction, reference):
    both = np.count_nonzero(prediction & reference)
    predicted, annotated = np.count_nonzero(prediction), np.count_nonzero(reference)
    return {
        "dice": 2 * both / (predicted + annotated),
        "iou": both / (predicted + annotated - both),
        "precision": both / predicted,
        "recall": both / annotated,
    }


def case_scores(prediction, reference, spacing):
    """Means over the slices of bool masks [S, H, W]; the spacing in mm of a row and of a column."""
    slices = [
        overlaps(p, r) | {"hd95": hd95(p, r, voxelspacing=spacing)}
        for p, r in zip(prediction, reference)
        if p.any() and r.any()
    ]
    names = slices[0] if slices else ()
    return {name: float(np.mean([scores[name] for scores in slices])) for name in names}
