import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { row } from "../../src/laws/lossCase.ts"
import { bce } from "../../src/losses/bce.ts"
import { secondAnnotator } from "../../src/losses/loss.ts"
import { sum } from "../../src/losses/sum.ts"
import { uncertaintySum } from "../../src/losses/uncertaintySum.ts"
import { weighted } from "../../src/losses/weighted.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { leaves } from "../../src/tensor/tree.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { lossSlopes } from "../support/lossSlopes.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const crossEntropy = bce()
const terms = [crossEntropy, weighted(crossEntropy, 3)]

describe("uncertaintySum", () => {
  it("weighs a term by exp(-s) and pays s for it", () => {
    // z = 0, y = 1: terms log 2 and 3 log 2; s = log 2 halves the first, s = 0 leaves the second.
    // 0.5 log 2 + log 2 + 3 log 2 = 4.5 log 2. Slopes: of s, 1 - exp(-s) L; of z, -1/2 x (0.5 + 3).
    const params = { logVariances: [Math.LN2, 0] }
    const { value, gradient, own } = lossSlopes(uncertaintySum(terms), row([0], [1]), { params })
    expectClose(value, 4.5 * Math.LN2, { relative: 1e-6 })
    expectClose(gradient, [-1.75], { relative: 1e-6 })
    expectClose(own.logVariances!, [1 - 0.5 * Math.LN2, 1 - 3 * Math.LN2], { relative: 1e-5 })
  })

  it("starts as the plain sum", () => {
    const loss = uncertaintySum(terms)
    const start = tf.tidy(() =>
      leaves(loss.init(rootKey(0))).map(([path, leaf]) => [path, [...leaf.dataSync()]]),
    )
    expect(start).toEqual([["logVariances", [0, 0]]])
    const { value, gradient } = lossSlopes(loss, golden, { params: { logVariances: [0, 0] } })
    const plain = lossSlopes(sum(terms), golden)
    expectClose(value, plain.value, { relative: 1e-6 })
    expectClose(gradient, plain.gradient, { absolute: 1e-7 })
  })

  it("is at its best in s where exp(s) is the term", () => {
    const { value: term } = lossSlopes(crossEntropy, golden)
    const at = (s: number) =>
      lossSlopes(uncertaintySum([crossEntropy]), golden, { params: { logVariances: [s] } })
    const best = at(Math.log(term))
    expectClose(best.own.logVariances!, [0], { absolute: 1e-5 })
    expectClose(best.value, 1 + Math.log(term), { absolute: 1e-6 })
    for (const away of [-0.5, 0.5]) expect(at(Math.log(term) + away).value).toBeGreaterThan(best.value + 0.1)
  })

  it("counts a term that is 0 as 1e-7, so that its s has a best place and its gradient none", () => {
    // z = 1e4, y = 1: cross-entropy is 0. The slope of s is 1 - exp(-s) 1e-7, 0 at s = -16.118.
    const params = { logVariances: [Math.log(1e-7)] }
    const { value, gradient, own } = lossSlopes(uncertaintySum([crossEntropy]), row([1e4], [1]), {
      params,
    })
    expectClose(value, 1 + Math.log(1e-7), { relative: 1e-6 })
    expectClose(gradient, [0], {})
    expectClose(own.logVariances!, [0], { absolute: 1e-5 })
  })

  it("keeps the terms' own parameters below its own", () => {
    const inner = uncertaintySum([{ ...bce(), needs: secondAnnotator }])
    const loss = uncertaintySum([crossEntropy, inner])
    expect(loss.needs).toEqual(secondAnnotator)
    const paths = tf.tidy(() => leaves(loss.init(rootKey(0))).map(([path]) => path))
    expect(paths).toEqual(["logVariances", "terms/1/logVariances"])
    // log 2 + exp(-log 2) (exp(-0) log 2 + 0) + log 2: the inner s has slope (1 - log 2) / 2.
    const params = { logVariances: [0, Math.LN2], terms: { "1": { logVariances: [0] } } }
    const { value, own } = lossSlopes(loss, row([0], [1]), { params })
    expectClose(value, 2.5 * Math.LN2, { relative: 1e-6 })
    expectClose(own["terms/1/logVariances"]!, [(1 - Math.LN2) / 2], { relative: 1e-5 })
  })

  it("leaves no tensors behind but its parameters", () => {
    const before = tf.memory().numTensors
    const params = uncertaintySum(terms).init(rootKey(0))
    expect(tf.memory().numTensors).toBe(before + 1)
    tf.dispose(leaves(params).map(([, leaf]) => leaf))
    lossSlopes(uncertaintySum(terms), golden, { params: { logVariances: [0.1, 0.2] } })
    expect(tf.memory().numTensors).toBe(before)
  })
})
