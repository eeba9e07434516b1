import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf, lossValue } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { bce } from "../../src/losses/bce.ts"
import { distanceMap } from "../../src/losses/loss.ts"
import { softTargets } from "../../src/losses/softTargets.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const shared = (share: number) => softTargets(bce(), share)
const of = row([1, -2, 3], [1, 0, 1], [1, 1, 0])

describe("softTargets", () => {
  it("of a cross-entropy is the annotators' losses, mixed by the share", () => {
    const [expert, second] = [lossValue(bce(), of), lossValue(bce(), { ...of, mask: of.second })]
    const mixed = (share: number) => lossValue(shared(share), of)
    expectClose(mixed(0.25), 0.75 * expert + 0.25 * second, { relative: 1e-6 })
    expectClose([mixed(0), mixed(1)], [expert, second], { relative: 1e-6 })
  })

  it("makes a pixel on which the annotators differ foreground in part", () => {
    // y = 1, n = 0, share 1/4: best at p = 3/4, z = log 3, where it costs the entropy of 1/4
    const found = lossValue(shared(0.25), row([Math.log(3)], [1], [0]))
    expectClose(found, 0.75 * Math.log(4 / 3) + 0.25 * Math.log(4), { relative: 1e-6 })
  })

  it("needs the second annotator beside what the loss needs", () => {
    expect(softTargets({ ...bce(), needs: distanceMap }, 0.5).needs).toEqual({ second: true, distance: true })
    const logits = tf.zeros<tf.Rank.R4>([1, 1, 2, 1])
    const attempt = (second?: tf.Tensor4D) => () =>
      tf.tidy(() =>
        shared(0.5).apply({}, logits, { mask: logits, ...(second === undefined ? {} : { second }) }, atOf()),
      )
    expect(attempt()).toThrow("softTargets: the second annotator's mask is missing")
    expect(attempt(tf.zeros([1, 2, 1, 1]))).toThrow(
      "softTargets: mask and second mask: expected shape [1, 1, 2, 1], got [1, 2, 1, 1]",
    )
  })
})
