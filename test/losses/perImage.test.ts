import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf } from "../../src/laws/evaluate.ts"
import type { LossCase } from "../../src/laws/lossCase.ts"
import { adaptiveFocal, seedCode } from "../../src/losses/adaptiveFocal.ts"
import { bce } from "../../src/losses/bce.ts"
import { fixed, type Loss, nothing } from "../../src/losses/loss.ts"
import { perImage } from "../../src/losses/perImage.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { keyAsLoss, lossSlopes } from "../support/lossSlopes.ts"

beforeAll(useJavascriptEngine)

const twoImages: LossCase = {
  shape: [2, 1, 3],
  logits: [-1, 0.5, 2, 3, -2, 0.1],
  mask: [0, 1, 1, 0, 0, 1],
  second: [1, 1, 1, 0, 0, 0],
}

/** The square of the mean logit of the batch: no mean over images. */
const squaredMean: Loss = fixed((logits) => tf.square(tf.mean(logits)))

describe("perImage", () => {
  it("is the mean over the images of the loss of each alone", () => {
    // Means 1 and 3: of the batch 2, squared 4; image by image (1 + 9) / 2 = 5. Slopes: 2 m / 2 pixels / 2 images.
    const of: LossCase = { shape: [2, 1, 2], logits: [0, 2, 1, 5], mask: [0, 0, 0, 0], second: [0, 0, 0, 0] }
    expect(lossSlopes(squaredMean, of).value).toBe(4)
    expect(lossSlopes(perImage(squaredMean), of)).toMatchObject({
      value: 5,
      gradient: [0.5, 0.5, 1.5, 1.5],
    })
  })

  it("leaves a loss that is a mean over images as it is", () => {
    const [alone, batch] = [bce(), perImage(bce())].map((loss) => lossSlopes(loss, twoImages))
    expectClose(batch!.value, alone!.value, { relative: 1e-6 })
    expectClose(batch!.gradient, alone!.gradient, { absolute: 1e-7 })
  })

  it("of one image is the loss", () => {
    const of: LossCase = { shape: [1, 1, 2], logits: [0, 2], mask: [0, 0], second: [0, 0] }
    expect(lossSlopes(perImage(squaredMean), of)).toMatchObject({ value: 1, gradient: [1, 1] })
  })

  it("makes of a gamma for the batch one for each image", () => {
    const focal = (over: "batch" | "image") => adaptiveFocal({ ...seedCode, kernel: 2, over })
    const image = lossSlopes(focal("image"), twoImages)
    const wrapped = lossSlopes(perImage(focal("batch")), twoImages)
    expectClose(wrapped.value, image.value, { relative: 1e-6 })
    expectClose(wrapped.gradient, image.gradient, { absolute: 1e-7 })
    expect(Math.abs(lossSlopes(focal("batch"), twoImages).value - image.value)).toBeGreaterThan(1e-3)
  })

  it("gives each image its masks and its distances", () => {
    const spread = fixed(
      (logits, { mask, second, distance }) =>
        tf.square(tf.sum(tf.mul(logits, tf.add(mask, tf.add(second!, distance!))))),
      { second: true, distance: true },
    )
    // Images of one pixel: (2 (1 + 0 + 3))^2 = 64 and (1 (0 + 1 - 2))^2 = 1.
    const value = tf.tidy(() => {
      const map = (values: [number, number]) => tf.tensor4d(values, [2, 1, 1, 1])
      const truth = { mask: map([1, 0]), second: map([0, 1]), distance: map([3, -2]) }
      return perImage(spread)
        .apply({}, map([2, 1]), truth, atOf())
        .dataSync()[0]!
    })
    expect(value).toBe(32.5)
  })

  it("shares the parameters among the images, and no noise", () => {
    const learning: Loss = {
      needs: nothing,
      init: () => ({ w: tf.tensor1d([1]) }),
      apply: ({ w }, logits) => tf.mul(tf.sum(w as tf.Tensor1D), tf.mean(logits)),
    }
    // Mean over images of w m = w x mean of the means 0.5 and 1.1 / 3.
    const { own } = lossSlopes(perImage(learning), twoImages, { params: { w: [2] } })
    expectClose(own.w!, [(0.5 + 1.1 / 3) / 2], { relative: 1e-6 })
    const one: LossCase = { shape: [1, 1, 1], logits: [0], mask: [0], second: [0] }
    const two: LossCase = { shape: [2, 1, 1], logits: [0, 0], mask: [0, 0], second: [0, 0] }
    const seen = (of: LossCase) => lossSlopes(perImage(keyAsLoss), of, { key: [3, 11] }).value
    expect(seen(two)).not.toBe(seen(one))
  })

  it("refuses a mask of another batch", () => {
    const apply = () =>
      tf.tidy(() =>
        perImage(squaredMean).apply(
          {},
          tf.zeros([2, 1, 1, 1]),
          { mask: tf.zeros<tf.Rank.R4>([1, 1, 1, 1]) },
          atOf(),
        ),
      )
    expect(apply).toThrow("perImage: logits and mask: expected shape [2, 1, 1, 1], got [1, 1, 1, 1]")
  })

  it("leaves no tensors behind", () => {
    const before = tf.memory().numTensors
    lossSlopes(perImage(squaredMean), twoImages)
    expect(tf.memory().numTensors).toBe(before)
  })
})
