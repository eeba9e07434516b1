import * as tf from "@tensorflow/tfjs-core"
import { buildLoss } from "../config/catalog/losses.ts"
import type { PartSpec } from "../config/catalog/part.ts"
import { loadLoss } from "../config/experiment/loadLoss.ts"
import { writeNpy } from "../data/files/npy.ts"
import type { Backend } from "../engine/engine.ts"
import { Failure, failure } from "../failure/failure.ts"
import type { Loss } from "../losses/loss.ts"
import { signedDistances } from "../metrics/signedDistance.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"
import { rootKey } from "../tensor/randomKey.ts"
import { valueAndGradient } from "../tensor/valueAndGradient.ts"
import { type LossArrays, readLossArrays } from "./lossArrays.ts"
import { startChosenEngine } from "./startChosenEngine.ts"

export interface LossCommand {
  /** .npy, float32 or float64, [B, H, W] or [B, H, W, 1]. */
  readonly logits: string
  /** .npy of 0 and 1, the logits' shape. */
  readonly target: string
  /** The second annotator's mask, as target. */
  readonly second?: string
  /** Where the gradient with respect to the logits is to be written, in their shape and type. */
  readonly gradient?: string
  readonly json: boolean
  readonly backend: Backend
  readonly out: (text: string) => void
}

/** Prints the value of a loss on arrays, and writes its gradient; computed in float32, at the start of training.
 *  The distance map that a loss may need is that of the target, in pixels.
 *  Throws Failure: config for the spec, usage for what the command line lacks, data for the arrays, numerics
 *  for a value or gradient that is not finite.
 */
export const lossCommand = async (said: string, command: LossCommand): Promise<void> => {
  const loaded = loadLoss(said)
  if (loaded._tag === "Left") throw new Failure("config", loaded.left)
  const built = await usable(loaded.right, command)
  const arrays = await readLossArrays(command)
  await startChosenEngine(command.backend)
  const { value, gradient } = evaluate(built, arrays)
  if (!Number.isFinite(value) || !gradient.every(Number.isFinite)) {
    throw failure("numerics", {
      message: `the ${Number.isFinite(value) ? "gradient of the loss" : "loss"} is not finite`,
      found: String(Number.isFinite(value) ? gradient.find((entry) => !Number.isFinite(entry)) : value),
      fix: "look for logits too large for float32 sums, or for a fault of the loss, such as the logarithm of 0",
    })
  }
  if (command.gradient !== undefined) {
    const { shape, dtype } = arrays.logits
    const data = dtype === "f8" ? Float64Array.from(gradient) : gradient
    await writeFileAtomic(command.gradient, writeNpy({ shape, data }))
  }
  command.out(command.json ? `${JSON.stringify({ loss: loaded.right.kind, value })}\n` : `${value}\n`)
}

/** The loss, if the command line gives all that it needs. */
const usable = async (spec: PartSpec, { second }: LossCommand): Promise<Loss> => {
  if (spec.kind === "deepSupervised") {
    throw failure("usage", {
      message: "deepSupervised needs the outputs of several scales, and this command takes one array",
      fix: "name the loss of one scale, which stands under its `loss`",
    })
  }
  const built = await buildLoss(spec)
  if (built.needs.second && second === undefined) {
    throw failure("usage", {
      message: `${spec.kind} needs the second annotator's mask`,
      fix: "add --second FILE.npy",
    })
  }
  return built
}

const evaluate = (
  { init, apply, needs }: Loss,
  { shape, logits, target, second }: LossArrays,
): { readonly value: number; readonly gradient: Float32Array } =>
  onHost(() => {
    const map = (values: Float32Array) => tf.tensor4d(values, [...shape])
    const [batch, rows, columns] = shape
    const truth = {
      mask: map(target.values),
      ...(second && { second: map(second.values) }),
      ...(needs.distance && {
        distance: map(signedDistances(Uint8Array.from(target.values), [batch, rows, columns])),
      }),
    }
    const at = { progress: tf.scalar(0), key: tf.tensor1d([0, 0], "int32") }
    const own = init(rootKey(0))
    const { value, gradient } = valueAndGradient(
      (params) => ({ value: apply(own, params.logits as tf.Tensor4D, truth, at), aux: {} }),
      { logits: map(logits.values) },
    )
    return { value, gradient: gradient.logits as tf.Tensor4D }
  })

/** Runs a computation and reads its results. */
const onHost = (
  compute: () => { value: tf.Scalar; gradient: tf.Tensor4D },
): { readonly value: number; readonly gradient: Float32Array } => {
  const { value, gradient } = tf.tidy(compute)
  const read = { value: value.dataSync()[0]!, gradient: Float32Array.from(gradient.dataSync()) }
  tf.dispose([value, gradient])
  return read
}
