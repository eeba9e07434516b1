import { resolve } from "node:path"
import * as tf from "@tensorflow/tfjs-core"
import { buildModel } from "../src/config/catalog/models.ts"
import { buildOptimizer } from "../src/config/catalog/optimizers.ts"
import { loadExperiment } from "../src/config/experiment/loadExperiment.ts"
import { compile } from "../src/engine/compile.ts"
import { bce } from "../src/losses/bce.ts"
import { fullResolution } from "../src/losses/objective.ts"
import { disposeTrainState, initTrainState } from "../src/stages/training/trainState.ts"
import { trainStep } from "../src/stages/training/trainStep.ts"
import { rootKey } from "../src/tensor/randomKey.ts"
import { batchShape } from "./lossBatch.ts"

/** Milliseconds of whole training steps, forward, loss, backward and update, of the network of
 *  experiments/adaptive.yaml on a batch of batchShape with bce: what a loss takes its time beside. */
export const wholeSteps = (count: number): readonly number[] => {
  const loaded = loadExperiment(resolve(import.meta.dirname, "../experiments/adaptive.yaml"), [])
  if (loaded._tag === "Left") throw new Error(JSON.stringify(loaded.left))
  const { train } = loaded.right.cells[0]!.spec
  const [model, optimizer] = [buildModel(train.model).value, buildOptimizer(train.optimizer).value]
  const objective = fullResolution(bce())
  const step = compile(trainStep(model, objective, optimizer))
  const state = initTrainState(model, objective, optimizer, rootKey(1))
  const images = tf.randomNormal<tf.Rank.R4>([...batchShape])
  const masks = tf.step(images) as tf.Tensor4D
  const at = {
    progress: tf.scalar(0),
    key: tf.tensor1d([1, 2], "int32"),
    learningRate: tf.scalar(0.01),
    step: tf.scalar(1),
  }
  const taken = Array.from({ length: count + 1 }, () => {
    const start = performance.now()
    const next = step(state, { images, truths: [{ mask: masks }] }, at)
    next.loss.dataSync()
    disposeTrainState(next.state)
    tf.dispose([next.loss, next.gradientNorm])
    return performance.now() - start
  })
  disposeTrainState(state)
  tf.dispose([images, masks, ...Object.values(at)])
  return taken.slice(1) // the first one warms up
}
