import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as tf from "@tensorflow/tfjs-core"
import { writeNpy } from "../src/data/files/npy.ts"
import { encodeSafetensors } from "../src/data/files/safetensors.ts"
import { compile } from "../src/engine/compile.ts"
import { bce } from "../src/losses/bce.ts"
import { deepSupervised } from "../src/losses/deepSupervised.ts"
import { fullResolution } from "../src/losses/objective.ts"
import { unet } from "../src/models/unet.ts"
import { adam } from "../src/optimizers/adam.ts"
import { sgd } from "../src/optimizers/sgd.ts"
import { forwardPass } from "../src/stages/forwardPass.ts"
import { batchTensors, makeBatch } from "../src/stages/training/batches.ts"
import { disposeTrainState, initTrainState, trainStateToArrays } from "../src/stages/training/trainState.ts"
import { trainStep } from "../src/stages/training/trainStep.ts"
import type { Precision } from "../src/tensor/precision.ts"
import { rootKey } from "../src/tensor/randomKey.ts"
import type { UnetCase } from "./unetCases.ts"

export const learningRate = 0.01

const optimizers = { sgd: () => sgd({ momentum: 0.9 }), adam: () => adam() } as const
export type OptimizerName = keyof typeof optimizers

export interface UnetSide {
  /** A training step with bce, on the same batch every time; the loss before it. */
  step(): number
  /** Foreground probabilities of the batch, [B, H, W, 1]. */
  forward(): Float32Array
  /** Writes what another program needs to do the same, and says where. */
  write(
    folder: string,
  ): Promise<{ readonly weights: string; readonly images: string; readonly masks: string }>
  dispose(): void
}

/** losslab's side of a case: the network as cells train and evaluate it. */
export const unetSide = (
  { baseWidth, size, batch, deepSupervision = false }: UnetCase,
  optimizerName: OptimizerName,
  precision: Precision = "float32",
): UnetSide => {
  const model = unet({ depth: 4, baseWidth, batchNorm: true })
  const objective = deepSupervision
    ? deepSupervised({ losses: Array.from({ length: 4 }, () => bce()), weights: [1, 1, 1, 1] })
    : fullResolution(bce())
  const optimizer = optimizers[optimizerName]()
  const advance = compile(trainStep(model, objective, optimizer), { precision })
  const evaluate = forwardPass(model)
  const draws = rootKey(1).child("bench").draws()
  const shape = [batch, size, size, 1] as const
  const pixels = Float32Array.from({ length: batch * size * size }, () => draws.normal())
  const arrays = makeBatch(
    {
      count: batch,
      ids: Array.from({ length: batch }, (_, slice) => ({ case: "made up", slice })),
      images: pixels,
      masks: Uint8Array.from(pixels, (value) => (value > 0.3 ? 1 : 0)),
    },
    Array.from({ length: batch }, (_, i) => i),
    { rows: size, columns: size, augmentations: [], needs: objective.needs },
    rootKey(1),
    0,
  )
  let state = initTrainState(model, objective, optimizer, rootKey(1))
  let count = 0
  return {
    step: () => {
      // All made anew for each step, as in training: numbers that come to the engine are part of it.
      const data = batchTensors(arrays)
      const at = {
        progress: tf.scalar(0),
        key: tf.tensor1d([1, 2], "int32"),
        learningRate: tf.scalar(learningRate),
        step: tf.scalar(++count),
      }
      const next = advance(state, data, at)
      const [loss] = next.loss.dataSync<"float32">()
      disposeTrainState(state)
      state = next.state
      const masks = data.truths.map(({ mask }) => mask)
      tf.dispose([next.loss, next.gradientNorm, data.images, ...masks, ...Object.values(at)])
      return loss!
    },
    forward: () => {
      const images = tf.tensor4d(pixels, [...shape])
      const probabilities = evaluate(state.params, state.state, images)
      const data = probabilities.dataSync<"float32">()
      tf.dispose([images, probabilities])
      return data
    },
    write: async (folder) => {
      const file = (name: string) => join(folder, name)
      const files = {
        weights: file("weights.safetensors"),
        images: file("images.npy"),
        masks: file("masks.npy"),
      }
      const weights = trainStateToArrays({ params: state.params, state: state.state })
      const named = Object.entries(weights).map(
        ([path, array]) => [path, { dtype: "F32", ...array }] as const,
      )
      await writeFile(files.weights, encodeSafetensors(Object.fromEntries(named)))
      await writeFile(files.images, writeNpy({ shape, data: pixels }))
      await writeFile(files.masks, writeNpy({ shape, data: arrays.truths[0]!.mask }))
      return files
    },
    dispose: () => disposeTrainState(state),
  }
}
