import { fault, type Mutant } from "./mutant.ts"

const mean = "tensor/ops/meanWithSlopes.ts"
const focus = "losses/focalCrossEntropy.ts"
const entropy = "losses/binaryCrossEntropy.ts"

/** Faults of the losses that look at pixels one by one. */
export const pointwiseMutants: readonly Mutant[] = [
  fault("bce", "wrong sign of the gradient", "tf.sub(tf.sigmoid(z), mask)", "tf.sub(mask, tf.sigmoid(z))"),
  fault("bce", "the slope's sigmoid applied twice", "tf.sigmoid(z), mask", "tf.sigmoid(tf.sigmoid(z)), mask"),
  fault("bce", "a sum in place of the mean", "tf.mean(values)", "tf.sum(values)", mean),
  fault(
    "bce",
    "a gradient that is not divided by the count",
    "tf.div((dys as tf.Tensor[])[0]!, attributes.count as number)",
    "(dys as tf.Tensor[])[0]!",
    mean,
  ),
  fault("bce", "exp of |z| in place of -|z|", "tf.exp(tf.neg(tf.abs(z)))", "tf.exp(tf.abs(z))", entropy),
  fault("bce", "soft masks cut at a half", "tf.mul(z, mask)))", "tf.mul(z, tf.round(mask))))", entropy),
  fault(
    "weightedBce",
    "the background weighted in place of the foreground",
    "tf.mul(foreground, cost.foreground), tf.mul(background, cost.background)",
    "tf.mul(mask, cost.foreground), tf.mul(tf.mul(background, foregroundWeight), cost.background)",
  ),
  fault(
    "weightedBce",
    "the weight forgotten in the gradient",
    "tf.add(foreground, background), tf.sigmoid(z)), foreground",
    "tf.add(mask, background), tf.sigmoid(z)), mask",
  ),
  fault("boundaryWeightedBce", "the distance not squared", "tf.square(fromBorder)", "fromBorder"),
  fault("boundaryWeightedBce", "2 s in place of 2 s^2", "2 * sigmaPixels ** 2", "2 * sigmaPixels"),
  fault(
    "boundaryWeightedBce",
    "the border one pixel off outside the mask",
    "tf.sub(distance, 1)",
    "distance",
  ),
  fault(
    "boundaryWeightedBce",
    "an empty mask all border",
    "tf.clipByValue(tf.max(distance, [1, 2, 3], true), 0, 1)",
    "tf.onesLike(tf.max(distance, [1, 2, 3], true))",
  ),
  fault("focal", "alpha swapped", ": [alpha, 1 - alpha]", ": [1 - alpha, alpha]"),
  fault("focal", "alpha for both classes", ": [alpha, 1 - alpha]", ": [alpha, alpha]"),
  fault(
    "focal",
    "focus on what is right",
    "focusOf(foreground, rest, cost.background)",
    "focusOf(foreground, p, cost.foreground)",
    focus,
  ),
  fault(
    "focal",
    "exponent gamma + 1",
    "tf.exp(tf.mul(cost, -gamma))",
    "tf.exp(tf.mul(cost, -gamma - 1))",
    focus,
  ),
  fault(
    "focal",
    "the slope of the focus forgotten",
    "tf.add(tf.mul(tf.mul(p, foreground.gamma), cost.foreground), rest)",
    "rest",
    focus,
  ),
  fault(
    "pyTorchFocal",
    "alpha forgotten",
    "tf.mul(tf.mean(tf.mul(focalFactor(s, gamma), crossEntropy(s))), alpha)",
    "tf.mean(tf.mul(focalFactor(s, gamma), crossEntropy(s)))",
  ),
  fault(
    "pyTorchFocal",
    "double sigmoid on logits",
    'input === "logits" ? logits : tf.sigmoid(logits)',
    "tf.sigmoid(logits)",
    "losses/lossInput.ts",
  ),
  fault(
    "pyTorchFocal",
    "naive power of 1 - p",
    "tf.exp(tf.mul(tf.neg(tf.softplus(s)), exponent))",
    "tf.pow(tf.sub(1, tf.sigmoid(s)), exponent)",
    "losses/trueClass.ts",
  ),
  fault(
    "pyTorchFocal",
    "p_t in place of 1 - p_t",
    "tf.exp(tf.mul(tf.neg(tf.softplus(s)), exponent))",
    "tf.exp(tf.mul(tf.neg(tf.softplus(tf.neg(s))), exponent))",
    "losses/trueClass.ts",
  ),
  fault(
    "pyTorchFocal",
    "cross-entropy as a log of a sigmoid",
    "tf.softplus(tf.neg(s))\n",
    "tf.neg(tf.log(tf.sigmoid(s)))\n",
    "losses/trueClass.ts",
  ),
  fault(
    "aleatoric",
    "the mean of the losses in place of the loss of the mean",
    "tf.sub(smallest, tf.log(mean))",
    "tf.mean(costs, 0, true)",
  ),
  fault(
    "aleatoric",
    "no smallest cost taken out",
    "tf.exp(tf.sub(smallest, costs))",
    "tf.exp(tf.neg(costs))",
  ),
  fault("aleatoric", "sigma forgotten", "tf.mul(noise, sigma)) // [samples", "noise) // [samples"),
]
