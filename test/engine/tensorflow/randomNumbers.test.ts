import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf, map, truthOf } from "../../../src/laws/evaluate.ts"
import { row } from "../../../src/laws/lossCase.ts"
import { aleatoric } from "../../../src/losses/aleatoric.ts"
import { childKey } from "../../../src/tensor/childKey.ts"
import { dropout } from "../../../src/tensor/ops/dropout.ts"
import { statelessNormal } from "../../../src/tensor/ops/statelessNormal.ts"
import { statelessUniform } from "../../../src/tensor/ops/statelessUniform.ts"
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

/** Keys of both signs; and enough numbers that TensorFlow has its threads share them, none a multiple of 4. */
const draws = [
  { key: [0, 0], shape: [7] },
  { key: [-5, 3], shape: [33, 17] },
  { key: [2147483647, -2147483648], shape: [2, 3, 5, 1] },
  { key: [123, 456], shape: [100_001] },
] as const

/** All that a step draws by a key, on the engine in charge. */
const drawn = () =>
  draws.map(({ key, shape }) =>
    tf.tidy(() => {
      const words = tf.tensor1d([...key], "int32")
      const ones = tf.ones([...shape])
      return {
        normal: statelessNormal(words, shape).dataSync<"float32">(),
        uniform: statelessUniform(words, shape).dataSync<"float32">(),
        dropped: dropout(ones, 0.3, childKey(words, 2 ** 20)).dataSync<"float32">(),
      }
    }),
  )

/** Value and gradient of a loss that draws. */
const noisyLoss = (): number[] =>
  tf.tidy(() => {
    const of = row([-2, 0.5, 3, 1], [1, 0, 1, 0])
    const loss = aleatoric({ sigma: 1.5, samples: 5 })
    const { value, grad } = tf.valueAndGrad((z: tf.Tensor) =>
      loss.apply({}, z as tf.Tensor4D, truthOf(of), atOf()),
    )(map(of.logits, of.shape))
    return [...value.dataSync(), ...grad.dataSync()]
  })

const bytes = (numbers: Float32Array) => Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)

describe.skipIf(whyNoTensorflow !== null)(`random numbers of a key ${whyNoTensorflow ?? ""}`, () => {
  let expected: { readonly drawn: ReturnType<typeof drawn>; readonly loss: readonly number[] }

  beforeAll(async () => {
    await useJavascriptEngine()
    expected = { drawn: drawn(), loss: noisyLoss() }
    await useTensorflowEngine()
  })

  it("are the JavaScript engine's: uniform and dropped bit for bit, normal to the last bits of float32", () => {
    for (const [i, found] of drawn().entries()) {
      const wanted = expected.drawn[i]!
      // Compared by bytes: a list of 100,001 differences helps nobody.
      for (const name of ["uniform", "dropped"] as const)
        expect(bytes(found[name]).equals(bytes(wanted[name])), name).toBe(true)
      const difference = found.normal.reduce(
        (worst, x, j) => Math.max(worst, Math.abs(x - wanted.normal[j]!)),
        0,
      )
      expect(difference).toBeLessThan(1e-6)
    }
  })

  it("make the noise of a loss the same", () => {
    expectClose(noisyLoss(), expected.loss, { relative: 1e-5, absolute: 1e-6 })
  })
})
