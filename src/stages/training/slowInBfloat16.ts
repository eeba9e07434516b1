import { performance } from "node:perf_hooks"
import * as tf from "@tensorflow/tfjs-core"
import { compile } from "../../engine/compile.ts"
import type { Objective } from "../../losses/objective.ts"
import type { Model } from "../../models/model.ts"
import type { Transform } from "../../optimizers/transform.ts"
import { precisions } from "../../tensor/precision.ts"
import { rootKey } from "../../tensor/randomKey.ts"
import { madeUpInputs } from "./madeUpInputs.ts"
import { disposeTrainState, initTrainState } from "./trainState.ts"
import { trainStep } from "./trainStep.ts"

const rounds = 3

/** What to tell of a training in bfloat16 whose steps take longer than in float32, as those of narrow networks do; null
 *  when they do not. Tried in turns on two made-up slices.
 *  @param size rows and columns of the slices, divisible by the network's divisor */
export const slowInBfloat16 = (
  model: Model,
  objective: Objective,
  optimizer: Transform,
  size: number,
): string | null => {
  const start = initTrainState(model, objective, optimizer, rootKey(0))
  try {
    const [float32, bfloat16] = tf.tidy(() => {
      const { batch, at } = madeUpInputs(size, objective, 0)
      const sides = precisions.map((precision) => ({
        step: compile(trainStep(model, objective, optimizer), { precision }),
        ms: Number.POSITIVE_INFINITY,
      }))
      for (let round = 0; round <= rounds; round++)
        for (const side of sides) {
          const before = performance.now()
          const { state, loss, gradientNorm } = side.step(start, batch, at)
          loss.dataSync()
          // The first round makes the functions.
          if (round > 0) side.ms = Math.min(side.ms, performance.now() - before)
          disposeTrainState(state)
          tf.dispose([loss, gradientNorm])
        }
      return sides.map(({ ms }) => ms) as never
    }) as [number, number]
    return bfloat16 <= float32
      ? null
      : `a step of this network takes longer in bfloat16 than in float32 (${bfloat16.toFixed(0)} ms against ${float32.toFixed(0)} ms for two slices): train.precision: float32 is faster`
  } finally {
    disposeTrainState(start)
  }
}
