import { fault, type Mutant } from "./mutant.ts"

/** Faults of the losses that sort pixels or measure distances. */
export const distanceMutants: readonly Mutant[] = [
  fault("lovaszHinge", "no hinge", "tf.mul(relu(errors), stopGradient", "tf.mul(errors, stopGradient"),
  fault(
    "lovaszHinge",
    "a margin of 0",
    "tf.sub(1, trueClassLogit(logits, mask))",
    "tf.sub(0, trueClassLogit(logits, mask))",
  ),
  fault("lovaszHinge", "per batch in place of per image", 'over === "image" ? logits.shape[0] : 1', "1"),
  fault(
    "lovaszHinge",
    "the shares left in sorted order",
    "tf.scatterND(tf.reshape(places, [-1, 1]), flat(added), [groups * pixels])",
    "flat(added)",
  ),
  fault("lovaszHinge", "a sum over images", "tf.div(tf.sum(weighed), groups)", "tf.sum(weighed)"),
  fault("lovaszHinge", "ranks from 0", "tf.range(1, pixels + 1)", "tf.range(0, pixels)"),
  fault(
    "boundary",
    "the slope of the sigmoid forgotten",
    "slopes: [tf.mul(values, tf.sub(1, p))]",
    "slopes: [values]",
  ),
  fault("boundary", "the distance without its sign", "tf.mul(p, distance)", "tf.mul(p, tf.abs(distance))"),
  fault("boundary", "logits in place of probabilities", "const p = tf.sigmoid(z)", "const p = z"),
  fault(
    "hausdorffDt",
    "only the annotation's distances",
    "predicted[i] * predicted[i] + annotated[i] * annotated[i]",
    "annotated[i] * annotated[i]",
  ),
  fault(
    "hausdorffDt",
    "distances not raised",
    "predicted[i] ** exponent + annotated[i] ** exponent",
    "predicted[i] + annotated[i]",
  ),
  fault(
    "hausdorffDt",
    "signed in place of unsigned distances",
    "image[i] = 1 - image[i]",
    "image[i] = image[i]",
  ),
  fault("hausdorffDt", "the error not squared", "values: tf.mul(error, weighed)", "values: tf.abs(weighed)"),
  fault("hausdorffDt", "the prediction cut at z = 1", "z[i] > 0 ? 1 : 0", "z[i] > 1 ? 1 : 0"),
]
