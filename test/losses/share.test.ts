import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, it } from "vitest"
import { share } from "../../src/losses/share.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

/** Value and both slopes. */
const at = (part: number, rest: number): number[] =>
  tf.tidy(() => {
    const f = (a: tf.Tensor, b: tf.Tensor) => share(a, b) as tf.Scalar
    const { value, grads } = tf.valueAndGrads(f)([tf.scalar(part), tf.scalar(rest)])
    return [value, ...grads].map((tensor) => tensor.dataSync()[0]!)
  })

describe("share", () => {
  it("is a part over the whole, and rises with the part as it falls with the rest", () => {
    // 3 / 4; slopes 1 / 16 and -3 / 16
    expectClose(at(3, 1), [3 / 4, 1 / 16, -3 / 16], { relative: 1e-6 })
  })

  it("keeps the precision of a small slope, where that of a quotient is a difference of large numbers", () => {
    // 1e-5 / 1.00001^2; as 1 / 1.00001 - 1 / 1.00001^2 in float32 it would be right to 1 % only.
    expectClose(at(1, 1e-5), [1 / 1.00001, 9.9998e-6, -0.99998], { relative: 1e-6 })
  })

  it("of nothing is 0, with a slope of 1 / rest", () => {
    expectClose(at(0, 1e-5), [0, 1e5, 0], { relative: 1e-6 })
  })
})
