import { fault, type Mutant } from "./mutant.ts"

const areas = "losses/areaLoss.ts"

/** Faults of the losses that compare areas. */
export const regionMutants: readonly Mutant[] = [
  fault(
    "softDice",
    "per batch in place of per image",
    "const axes = groupAxes(over)",
    "const axes = [0, 1, 2, 3]",
    areas,
  ),
  fault("softDice", "squares forgotten", "tf.squaredDifference(p, mask!)", "tf.abs(tf.sub(p, mask!))", areas),
  fault("softDice", "Jaccard in place of Dice", "differenceShare(2, smooth)", "differenceShare(1, smooth)"),
  fault(
    "softDice",
    "no smoothing",
    "tf.add(tf.mul(intersection, k), smooth)",
    "tf.mul(intersection, k)",
    areas,
  ),
  fault(
    "softDice",
    "smoothing in the numerator alone",
    "tf.div(difference, whole)",
    "tf.div(tf.sub(difference, smooth), whole)",
    areas,
  ),
  fault(
    "softDice",
    "a sum over images in place of the mean",
    "[tf.mean(values), p",
    "[tf.sum(values), p",
    areas,
  ),
  fault(
    "softDice",
    "logits in place of probabilities",
    "const p = tf.sigmoid(logits!)",
    "const p = logits!",
    areas,
  ),
  fault(
    "softDice",
    "no gradient of the prediction's area",
    "tf.mul(byIntersection!, dy)), ofTotal)",
    "tf.mul(byIntersection!, dy)), tf.mul(ofTotal, 0))",
    areas,
  ),
  fault(
    "softDice",
    "a gradient of the wrong sign",
    "tf.sub(tf.mul(byTotal, -2), byAgreement)",
    "tf.sub(tf.mul(byTotal, 2), byAgreement)",
    areas,
  ),
  fault("softDice", "a slope of squares without its 2", "squared ? 2 * share : share", "share", areas),
  fault("jaccard", "Dice in place of Jaccard", "differenceShare(1, smooth)", "differenceShare(2, smooth)"),
  fault(
    "tversky",
    "false positives with the weight of false negatives",
    "tf.mul(falsePositives, falsePositive)",
    "tf.mul(falsePositives, falseNegative)",
  ),
  fault(
    "tversky",
    "1 - p as a difference",
    "tf.sigmoid(tf.neg(logits!))",
    "tf.sub(1, tf.add(p, 1e-4))",
    "losses/softCounts.ts",
  ),
  fault(
    "tversky",
    "the background counted as missed",
    "tf.sub(p, hits), tf.mul(q, mask!)",
    "tf.sub(p, hits), q",
    "losses/softCounts.ts",
  ),
  fault(
    "focalTversky",
    "the exponent's inverse",
    "options.exponent, tverskyErrorFloor",
    "1 / options.exponent, tverskyErrorFloor",
  ),
  fault(
    "focalTversky",
    "an unguarded power",
    "tf.pow(tf.maximum(x, floor), exponent - 1)",
    "tf.pow(x, exponent - 1)",
    "losses/guardedPower.ts",
  ),
  fault(
    "focalDice",
    "beta in place of 1 / beta",
    "tf.maximum(dice, diceFloor), 1 / beta - 1",
    "tf.maximum(dice, diceFloor), beta - 1",
  ),
  fault(
    "focalDice",
    "the slope of the Dice in place of that of its root",
    "tf.sub(1, tf.mul(above, 1 - 1 / beta))",
    "1",
  ),
  fault(
    "unifiedFocal",
    "the Tversky part weighed as the other",
    "tf.mul(regions(logits, mask, options), options.weight)",
    "tf.mul(regions(logits, mask, options), 1 - options.weight)",
  ),
  fault(
    "unifiedFocal",
    "delta and 1 - delta exchanged in the Tversky index",
    "{ falsePositive: 1 - delta, falseNegative: delta, smooth }",
    "{ falsePositive: delta, falseNegative: 1 - delta, smooth }",
  ),
  fault(
    "unifiedFocal",
    "gamma in place of 1 - gamma",
    "guardedPower(error, 1 - gamma",
    "guardedPower(error, gamma",
  ),
  fault(
    "unifiedFocal",
    "symmetric where it is to be asymmetric",
    'symmetry === "symmetric" ? gamma : 0',
    "gamma",
  ),
]
