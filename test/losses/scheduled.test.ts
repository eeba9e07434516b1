import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { row } from "../../src/laws/lossCase.ts"
import { bce } from "../../src/losses/bce.ts"
import { secondAnnotator } from "../../src/losses/loss.ts"
import { scheduled } from "../../src/losses/scheduled.ts"
import { uncertaintySum } from "../../src/losses/uncertaintySum.ts"
import { linearWeight } from "../../src/losses/weightSchedule.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { lossSlopes } from "../support/lossSlopes.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const rising = linearWeight({ from: 0, to: 1, start: 0, end: 1 })

describe("scheduled", () => {
  it("weighs value and gradient by where training stands", () => {
    // z = 0, y = 1: log 2, slope -1/2.
    for (const progress of [0, 0.25, 1]) {
      const { value, gradient } = lossSlopes(scheduled(bce(), rising), row([0], [1]), {
        progress,
      })
      expectClose(value, progress * Math.LN2, { relative: 1e-6 })
      expectClose(gradient, [-progress / 2], { relative: 1e-6 })
    }
  })

  it("has the needs and the parameters of its loss", () => {
    const loss = scheduled(uncertaintySum([{ ...bce(), needs: secondAnnotator }]), rising)
    expect(loss.needs).toEqual(secondAnnotator)
    // Half of exp(-s) log 2 + s at s = log 2: (1 + log 2) / 2, level in s.
    const params = { logVariances: [Math.log(Math.LN2)] }
    const { value, own } = lossSlopes(loss, row([0], [1]), { params, progress: 0.5 })
    expectClose(value, (1 + Math.log(Math.LN2)) / 2, { absolute: 1e-6 })
    expectClose(own.logVariances!, [0], { absolute: 1e-6 })
  })

  it("leaves no tensors behind", () => {
    const before = tf.memory().numTensors
    lossSlopes(scheduled(bce(), rising), golden)
    expect(tf.memory().numTensors).toBe(before)
  })
})
