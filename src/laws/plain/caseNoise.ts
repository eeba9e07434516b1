import * as tf from "@tensorflow/tfjs-core"
import { statelessNormal } from "../../tensor/ops/statelessNormal.ts"
import { atOf } from "../evaluate.ts"
import type { LossCase } from "../lossCase.ts"

/** The normal numbers that a loss draws for a case from its key, a list for each of the samples. That the
 *  numbers are right is not checked here: those of every engine are held to Philox's published ones by the tests. */
export const caseNoise = (of: LossCase, samples: number): number[][] =>
  tf.tidy(() => {
    const size = of.logits.length
    const drawn = [...statelessNormal(atOf(of).key, [samples, size]).dataSync()]
    return Array.from({ length: samples }, (_, t) => drawn.slice(t * size, (t + 1) * size))
  })
