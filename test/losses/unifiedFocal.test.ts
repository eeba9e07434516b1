import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { complement, type LossCase, row } from "../../src/laws/lossCase.ts"
import { bce } from "../../src/losses/bce.ts"
import { softDice } from "../../src/losses/softDice.ts"
import { type UnifiedFocalOptions, unifiedFocal } from "../../src/losses/unifiedFocal.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const symmetric: UnifiedFocalOptions = {
  symmetry: "symmetric",
  delta: 0.6,
  gamma: 0.5,
  weight: 0.5,
  smooth: 1e-5,
  over: "image",
}
const asymmetric: UnifiedFocalOptions = { ...symmetric, symmetry: "asymmetric" }

describe("unifiedFocal", () => {
  it("with weight 0 is a focal cross-entropy that weighs the classes by delta and 1 - delta", () => {
    // p = 3/4 on both pixels. Foreground 0.6 (1/4)^0.5 log(4/3), background 0.4 (3/4)^0.5 log 4.
    const of = row([Math.log(3), Math.log(3)], [1, 0])
    const background = 0.4 * Math.sqrt(3 / 4) * Math.log(4)
    const foreground = 0.6 * Math.log(4 / 3)
    expectClose(lossValue(unifiedFocal({ ...symmetric, weight: 0 }), of), (foreground / 2 + background) / 2, {
      relative: 1e-6,
    })
    // Asymmetric: the foreground is not suppressed by (1/4)^0.5.
    expectClose(lossValue(unifiedFocal({ ...asymmetric, weight: 0 }), of), (foreground + background) / 2, {
      relative: 1e-6,
    })
  })

  it("with weight 1 is the mean of both classes' Tversky errors, enhanced by a power of 1 - gamma", () => {
    // p = 3/4 on both pixels, s = 1. Foreground TP = 3/4, FN = 1/4, FP = 3/4: E = 0.6 / 4 + 0.4 x 3/4 = 0.45,
    // 1 - TI = 0.45 / 2.2. Background TP = 1/4, FN = 3/4, FP = 1/4: E = 0.45 + 0.1 = 0.55, 0.55 / 1.8.
    const of = row([Math.log(3), Math.log(3)], [1, 0])
    const region = { weight: 1, smooth: 1 }
    const foreground = Math.sqrt(0.45 / 2.2)
    expectClose(
      lossValue(unifiedFocal({ ...symmetric, ...region }), of),
      (foreground + Math.sqrt(0.55 / 1.8)) / 2,
      { relative: 1e-6 },
    )
    // Asymmetric: the background's error is plain.
    expectClose(lossValue(unifiedFocal({ ...asymmetric, ...region }), of), (foreground + 0.55 / 1.8) / 2, {
      relative: 1e-6,
    })
  })

  it("mixes both parts by the weight, that of the Tversky part", () => {
    const part = (weight: number) => lossValueAndGradient(unifiedFocal({ ...asymmetric, weight }), golden)
    const [pixels, regions, mixed] = [part(0), part(1), part(0.3)]
    expectClose(mixed.value, 0.3 * regions.value + 0.7 * pixels.value, { relative: 1e-6 })
    const gradient = pixels.gradient.map((slope, i) => 0.7 * slope + 0.3 * regions.gradient[i]!)
    expectClose(mixed.gradient, gradient, { absolute: 1e-7 })
  })

  it("takes Tversky indices over images, or over the batch as one", () => {
    // One pixel each, p = 1/2, s = 1, no focus. Image 1: foreground 0.3 / 1.8, background (FP = 1/2) 0.2 / 1.2.
    // Image 2: foreground (FP = 1/2) 0.2 / 1.2, background (FN = 1/2, TP = 1/2) 0.3 / 1.8.
    // Together TP = FP = FN = TN = 1/2: E = 1/2 over 2 for both classes.
    const of: LossCase = { shape: [2, 1, 1], logits: [0, 0], mask: [1, 0], second: [1, 0] }
    const plain = { ...symmetric, gamma: 0, weight: 1, smooth: 1 }
    expectClose(lossValue(unifiedFocal(plain), of), 1 / 6, { relative: 1e-6 })
    expectClose(lossValue(unifiedFocal({ ...plain, over: "batch" }), of), 1 / 4, { relative: 1e-6 })
  })

  it("without focus and preference is half cross-entropy, and Dice of both classes", () => {
    const neutral = { ...symmetric, delta: 0.5, gamma: 0 }
    expectClose(lossValue(unifiedFocal({ ...neutral, weight: 0 }), golden), lossValue(bce(), golden) / 2, {
      relative: 1e-6,
    })
    const dice = softDice({ smooth: 2 * neutral.smooth, over: "image", squared: false })
    const both = (lossValue(dice, golden) + lossValue(dice, complement(golden))) / 2
    expectClose(lossValue(unifiedFocal({ ...neutral, weight: 1 }), golden), both, { relative: 1e-6 })
  })

  it("costs nothing, with a finite gradient, where the prediction is perfect, empty and full masks alike", () => {
    for (const options of [symmetric, asymmetric, { ...symmetric, gamma: 0.99 }]) {
      for (const mask of [
        [1, 0],
        [0, 0],
        [1, 1],
      ]) {
        const of = row(
          mask.map((y) => (y === 1 ? 1e4 : -1e4)),
          mask,
        )
        const { value, gradient } = lossValueAndGradient(unifiedFocal(options), of)
        expectClose([value, ...gradient], [0, 0, 0], {})
      }
    }
  })

  it("still pulls on a pixel that is sure and wrong", () => {
    // Foreground at z = -1e4: 0.5 x 0.6 x 1e4 of cross-entropy, slope -0.3. Tversky: foreground's error 1, the
    // background has nothing but a false positive: also 1 (over 1 + s), no slope.
    const { value, gradient } = lossValueAndGradient(unifiedFocal(symmetric), row([-1e4], [1]))
    expectClose(value, 3000.5, { relative: 1e-6 })
    expectClose(gradient, [-0.3], { relative: 1e-6 })
  })

  it("of a soft mask charges both classes for each pixel", () => {
    // p = 1/2, y = 1/4, weight 0: (0.6 / 4 + 0.4 x 3/4) sqrt(1/2) log 2
    const of = row([0], [0.25])
    expectClose(lossValue(unifiedFocal({ ...symmetric, weight: 0 }), of), 0.45 * Math.SQRT1_2 * Math.LN2, {
      relative: 1e-6,
    })
    expect(lossValue(unifiedFocal({ ...symmetric, weight: 1 }), of)).toBeGreaterThan(0)
  })
})
