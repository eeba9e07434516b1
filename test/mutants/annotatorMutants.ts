import type { Mutant } from "./mutant.ts"

const agBce = (fault: string, right: string, wrong: string): Mutant => ({
  ...{ fault, loss: "agBce", file: "losses/agBce.ts" },
  ...{ right, wrong },
})

const adaptive = (fault: string, right: string, wrong: string, file = "losses/adaptiveFocal.ts"): Mutant => ({
  ...{ fault, loss: "adaptiveFocal", file },
  ...{ right, wrong },
})

const gamma = (fault: string, right: string, wrong: string): Mutant =>
  adaptive(fault, right, wrong, "losses/adaptiveGamma.ts")

/** Faults of the losses that look at two annotators. */
export const annotatorMutants: readonly Mutant[] = [
  agBce(
    "hard and easy weights swapped",
    "tf.add(1, tf.mul(hard, hardWeight - 1))",
    "tf.sub(hardWeight, tf.mul(hard, hardWeight - 1))",
  ),
  agBce("weights not divided by 1 + h", ", 1 + hardWeight)", ", 1)"),
  agBce(
    "a sum in place of the mean",
    "tf.mean(tf.mul(perPixel, weight))",
    "tf.sum(tf.mul(perPixel, weight))",
  ),
  agBce("beta forgotten", ", classShare)", ", 1)"),
  agBce("epsilon of 1e-3", "const epsilon = 1e-6", "const epsilon = 1e-3"),
  agBce("the sigmoid applied twice", "tf.sigmoid(s), epsilon", "tf.sigmoid(tf.sigmoid(s)), epsilon"),
  agBce(
    "the second mask in the expert's place",
    "trueClassLogit(logits, mask)",
    "trueClassLogit(logits, second)",
  ),
  agBce(
    "plain log of the sigmoid in the form logits",
    "? crossEntropy(s)",
    "? tf.neg(tf.log(tf.sigmoid(s)))",
  ),
  {
    ...agBce("kernel one too large", "second), kernel)", "second), kernel + 1)"),
    file: "losses/hardRegion.ts",
  },
  {
    ...agBce("kernel anchored one off", "Math.floor(kernel / 2)", "Math.floor((kernel - 1) / 2)"),
    file: "tensor/dilate.ts",
  },
  {
    ...agBce(
      "dilation that wraps the disagreement's union",
      "tf.abs(tf.sub(mask, second))",
      "tf.maximum(mask, second)",
    ),
    file: "losses/hardRegion.ts",
  },
  {
    ...agBce(
      "no dilation at all",
      "dilate(disagreement(mask, second), kernel)",
      "dilate(disagreement(mask, second), Math.min(kernel, 1))",
    ),
    file: "losses/hardRegion.ts",
  },
  adaptive(
    "region weight not divided on easy pixels",
    "tf.div(tf.sub(1, hard), regionWeight)",
    "tf.sub(1, hard)",
  ),
  adaptive(
    "weights exchanged between hard and easy",
    "tf.mul(hard, regionWeight), tf.div(tf.sub(1, hard), regionWeight)",
    "tf.div(hard, regionWeight), tf.mul(tf.sub(1, hard), regionWeight)",
  ),
  adaptive(
    "naive power of 1 - p",
    "tf.mul(focalFactor(s, exponent), crossEntropy(s))",
    "tf.mul(tf.pow(tf.sub(1, tf.sigmoid(s)), exponent), crossEntropy(s))",
  ),
  adaptive("p not clipped", "tf.clipByValue(s, -largest, largest)", "s"),
  adaptive(
    "exponent ignored where it is a number",
    'options.exponent === "adaptive" ? gamma : options.exponent',
    "gamma",
  ),
  gamma(
    "gradient through a detached gamma",
    'options.gammaGradient === "detached" ? stopGradient(gamma) : gamma',
    "gamma",
  ),
  gamma(
    "an attached gamma detached",
    'options.gammaGradient === "detached" ? stopGradient(gamma) : gamma',
    "stopGradient(gamma)",
  ),
  gamma(
    "floor forgotten",
    "tf.clipByValue(sum, options.gammaFloor, options.gammaCeiling)",
    "tf.minimum(sum, options.gammaCeiling)",
  ),
  gamma(
    "gamma of the batch where it is to be of the image",
    'over === "batch" ? [0, 1, 2, 3] : [1, 2, 3]',
    "[0, 1, 2, 3]",
  ),
  gamma(
    "predicted area in place of what is not predicted",
    "return tf.sigmoid(tf.neg(logits))",
    "return tf.sigmoid(logits)",
  ),
  gamma("entropy in nats", "tf.div(nats, Math.LN2)", "nats"),
  gamma(
    "standard deviation without its half",
    "tf.div(disagreement(mask, second), 2)",
    "disagreement(mask, second)",
  ),
]
