import * as tf from "@tensorflow/tfjs-core"
import { compile } from "../../engine/compile.ts"
import type { Objective } from "../../losses/objective.ts"
import type { Model } from "../../models/model.ts"
import type { Transform } from "../../optimizers/transform.ts"
import type { Precision } from "../../tensor/precision.ts"
import { rootKey } from "../../tensor/randomKey.ts"
import { madeUpInputs, madeUpSize } from "./madeUpInputs.ts"
import { disposeTrainState, initTrainState } from "./trainState.ts"
import { trainStep } from "./trainStep.ts"

/** The first compiled step of a training on a small made-up batch, in a precision: the loss before it, and the
 *  gradient's norm.
 *  Throws Failure("config") for a step that cannot be compiled, and what the step throws. */
export const stepInPrecision = (
  precision: Precision,
  model: Model,
  objective: Objective,
  optimizer: Transform,
): { readonly loss: number; readonly gradientNorm: number } => {
  const start = initTrainState(model, objective, optimizer, rootKey(0))
  const step = compile(trainStep(model, objective, optimizer), { precision })
  try {
    const [loss, gradientNorm] = tf.tidy(() => {
      const { batch, at } = madeUpInputs(madeUpSize(model), objective, 0)
      const made = step(start, batch, at)
      return [made.loss, made.gradientNorm].map((value) => value.dataSync<"float32">()[0]!) as never
    }) as [number, number]
    return { loss, gradientNorm }
  } finally {
    disposeTrainState(start)
  }
}
