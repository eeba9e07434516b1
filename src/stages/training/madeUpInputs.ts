import * as tf from "@tensorflow/tfjs-core"
import type { Objective } from "../../losses/objective.ts"
import type { Model } from "../../models/model.ts"
import { rootKey } from "../../tensor/randomKey.ts"
import { batchTensors } from "./batches.ts"
import { madeUpBatch } from "./madeUpBatch.ts"

export type StepInputs = ReturnType<typeof madeUpInputs>

/** Rows and columns of made-up slices that suit the network. */
export const madeUpSize = ({ divisor }: Model): number => Math.max(16, divisor)

/** What goes into the i-th step beside the state: all of it other than before. */
export const madeUpInputs = (size: number, { needs }: Objective, i: number) => ({
  batch: batchTensors(madeUpBatch(size, needs, i)),
  at: {
    progress: tf.scalar(i / 2),
    key: tf.tensor1d([...rootKey(i).seedPair()], "int32"),
    learningRate: tf.scalar(0.01 / (i + 1)),
    step: tf.scalar(i + 1),
  },
})
