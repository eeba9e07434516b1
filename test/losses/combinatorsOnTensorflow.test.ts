import { beforeAll, describe, expect, it } from "vitest"
import type { LossCase } from "../../src/laws/lossCase.ts"
import { bce } from "../../src/losses/bce.ts"
import type { Loss } from "../../src/losses/loss.ts"
import { perImage } from "../../src/losses/perImage.ts"
import { scheduled } from "../../src/losses/scheduled.ts"
import { sum } from "../../src/losses/sum.ts"
import { uncertaintySum } from "../../src/losses/uncertaintySum.ts"
import { weighted } from "../../src/losses/weighted.ts"
import { cosineWeight, linearWeight, stairsWeight, stepWeight } from "../../src/losses/weightSchedule.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { keyAsLoss, lossSlopes } from "../support/lossSlopes.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../support/tensorflow.ts"

const of: LossCase = {
  shape: [2, 1, 3],
  logits: [-1, 0.5, 2, 3, -2, 0.1],
  mask: [0, 1, 1, 0, 0, 1],
  second: [1, 1, 1, 0, 0, 0],
}

const ramp = { from: 0.5, to: 2, start: 0.1, end: 0.9 }
const schedules = [
  linearWeight(ramp),
  cosineWeight(ramp),
  stairsWeight(ramp, 5),
  stepWeight({ values: [1, 2], at: [0.3] }),
]
const everything: Loss = sum([
  uncertaintySum([bce(), weighted(bce(), 2)]),
  perImage(sum([keyAsLoss, bce()])),
  ...schedules.map((schedule) => scheduled(bce(), schedule)),
])

const computed = () =>
  lossSlopes(everything, of, {
    params: { "0": { logVariances: [0.3, -0.2] } },
    progress: 0.3,
    key: [2147483647, 12345],
  })

describe.skipIf(whyNoTensorflow !== null)(`combinators on TensorFlow ${whyNoTensorflow ?? ""}`, () => {
  let expected: ReturnType<typeof computed>

  beforeAll(async () => {
    await useJavascriptEngine()
    expected = computed()
    await useTensorflowEngine()
  })

  it("have the values, gradients and keys of the other engine", () => {
    const { value, gradient, own } = computed()
    expectClose(value, expected.value, { relative: 1e-6 })
    expectClose(gradient, expected.gradient, { relative: 1e-5 })
    expect(Object.keys(own)).toEqual(["0/logVariances"])
    expectClose(own["0/logVariances"]!, expected.own["0/logVariances"]!, { relative: 1e-5 })
  })
})
