import * as tf from "@tensorflow/tfjs-core"
import { assertSameShape, ShapeError } from "../shape.ts"
import { ofFirstOutput, registerOwnGradient, registerOwnKernel, runOwnKernel } from "./ownKernel.ts"

/** Kernel name, for engines with a faster implementation. logits [N, C], labels [N, C] -> values [N], slopes [N, C]:
 *  the derivative of each value by its own logits. */
export const softmaxCrossEntropyKernel = "LosslabSoftmaxCrossEntropy"

registerOwnKernel(softmaxCrossEntropyKernel, ({ logits, labels }) => {
  const logShares = tf.logSoftmax(logits!)
  const values = tf.neg(tf.sum(tf.mul(labels!, logShares), 1))
  return [values, tf.sub(tf.exp(logShares), labels!)]
})

registerOwnGradient({
  kernelName: softmaxCrossEntropyKernel,
  outputsToSave: [false, true],
  gradFunc: (dys, [slopes]) => {
    const dy = ofFirstOutput(dys)
    return { logits: () => tf.mul(tf.expandDims(dy, 1), slopes!) }
  },
})

/** Cross-entropy of the softmax of logits with labels, one value for each row: -sum over classes of
 *  label log softmax(logits). Its derivative is softmax(logits) - label. Value and derivative are computed together;
 *  the mean is left to the caller. Constant with respect to the labels.
 *  @param logits [N, C] unbounded
 *  @param labels [N, C], each row at least 0 with sum 1: one 1 and zeros, or shares
 *  @returns [N], in [0, infinity) for one 1 and zeros
 *  Throws ShapeError when shapes differ. Source: PyTorch's cross_entropy(reduction="none"). */
export const softmaxCrossEntropy = (logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor1D => {
  if (logits.rank !== 2) throw new ShapeError("softmaxCrossEntropy: logits", "[N, C]", logits.shape)
  assertSameShape("softmaxCrossEntropy: labels", logits, labels)
  const [values, slopes] = runOwnKernel(softmaxCrossEntropyKernel, { logits, labels }, {})
  // When a gradient is being recorded, the engine has kept a clone of its own.
  slopes!.dispose()
  return values as tf.Tensor1D
}
