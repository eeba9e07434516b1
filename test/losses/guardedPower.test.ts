import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, it } from "vitest"
import { guardedPower } from "../../src/losses/guardedPower.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const at = (x: number, exponent: number, floor: number) =>
  tf.tidy(() => {
    const f = (t: tf.Tensor) => guardedPower(t, exponent, floor) as tf.Scalar
    const { value, grad } = tf.valueAndGrad(f)(tf.scalar(x))
    return { value: value.dataSync()[0]!, slope: grad.dataSync()[0]! }
  })

describe("guardedPower", () => {
  it("is a power above the floor", () => {
    // 1/4 to the 1/2 and to the 3/2; slopes 1/2 / (1/2) and 3/2 x 1/2
    const [root, cube] = [at(0.25, 0.5, 0.01), at(0.25, 1.5, 0.01)]
    expectClose([root.value, root.slope], [0.5, 1], { relative: 1e-6 })
    expectClose([cube.value, cube.slope], [0.125, 0.75], { relative: 1e-6 })
  })

  it("is below the floor the line from 0 to the floor's power", () => {
    // floor 0.01, power 0.1, slope 10
    const { value, slope } = at(0.004, 0.5, 0.01)
    expectClose([value, slope], [0.04, 10], { relative: 1e-6 })
  })

  it("is 0 at 0, with a finite slope", () => {
    const { value, slope } = at(0, 0.5, 0.01)
    expectClose([value, slope], [0, 10], { relative: 1e-6 })
  })

  it("with exponent 1 is x itself on both sides", () => {
    const results = [at(0.004, 1, 0.01), at(0.25, 1, 0.01)].flatMap(({ value, slope }) => [value, slope])
    expectClose(results, [0.004, 1, 0.25, 1], { relative: 1e-6 })
  })
})
