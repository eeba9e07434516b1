import { test as property } from "@fast-check/vitest"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { lossCase } from "../../src/laws/lossCases.ts"
import { lovaszHinge } from "../../src/losses/lovaszHinge.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const perImage = lovaszHinge({ over: "image" })
const perBatch = lovaszHinge({ over: "batch" })

describe("lovaszHinge", () => {
  it("weighs each hinge by what its pixel adds to the Jaccard loss", () => {
    // Errors 2, -1, 1.5; foreground 2. Pixel 0 first: intersection 1 of union 2, the loss rises from 0 to 1/2.
    // Then pixel 2: 1 of 3, to 2/3. Value 2 / 2 + 1.5 / 6; a foreground error falls with its logit.
    const { value, gradient } = lossValueAndGradient(perImage, row([-1, 2, 0.5], [1, 1, 0]))
    expectClose(value, 1.25, { relative: 1e-6 })
    expectClose(gradient, [-0.5, 0, 1 / 6], { absolute: 1e-7 })
  })

  const mistakes = lossCase().chain((of) =>
    fc.tuple(fc.constant(of), fc.array(fc.boolean(), { minLength: 75, maxLength: 75 })),
  )
  property.prop([mistakes], { numRuns: 50 })(
    "is 1 - IoU of the mistakes when every hinge is 0 or 1",
    ([of, wrong]) => {
      // z = 0 has error 1; z = +-1 on the right side, and beyond, has a hinge of 0.
      const logits = of.mask.map((y, i) => (wrong[i] === true ? 0 : (2 * y - 1) * (1 + (i % 3))))
      const predicted = of.mask.map((y, i) => (wrong[i] === true ? 1 - y : y))
      const intersection = of.mask.filter((y, i) => y === 1 && predicted[i] === 1).length
      const union = of.mask.filter((y, i) => y === 1 || predicted[i] === 1).length
      const expected = union === 0 ? 0 : 1 - intersection / union
      expectClose(lossValue(perBatch, { ...of, logits }), expected, { absolute: 1e-6 })
    },
  )

  property.prop([lossCase()], { numRuns: 25 })("takes a batch for one image when it is told so", (of) => {
    const [batch, rows, columns] = of.shape
    const tall = { ...of, shape: [1, batch * rows, columns] as const }
    expectClose(lossValue(perBatch, of), lossValue(perImage, tall), { relative: 1e-6 })
  })

  it("averages over images when it is told so", () => {
    // Image 0 has one error of 3, in one of two foreground pixels; image 1 in its one foreground pixel.
    const pair = { ...row([-2, 5, -2, -5], [1, 1, 1, 0]), shape: [2, 1, 2] as const }
    // The mean is (3 / 2 + 3) / 2; at once there are two of three foreground pixels, 3 x 2/3.
    expectClose([lossValue(perImage, pair), lossValue(perBatch, pair)], [2.25, 2], { relative: 1e-6 })
  })

  it("costs an empty mask the hinge of its worst pixel, and a full one the mean hinge", () => {
    expect(lossValueAndGradient(perImage, row([-4, 2, 1], [0, 0, 0]))).toEqual({
      value: 3,
      gradient: [0, 1, 0],
    })
    // Hinges 0, 3, 5 of three.
    expectClose(lossValue(perImage, row([1, -2, -4], [1, 1, 1])), 8 / 3, { relative: 1e-6 })
  })

  it("is 0 without gradient where every margin is 1 or more", () => {
    const { value, gradient } = lossValueAndGradient(perImage, row([1, 1e4, -1, -1e4], [1, 1, 0, 0]))
    expect(value).toBe(0)
    expectClose(gradient, [0, 0, 0, 0], {})
  })

  it("costs 1 + |z| for one pixel that is wrong", () => {
    expect(lossValueAndGradient(perImage, row([-1e4], [1]))).toEqual({ value: 10001, gradient: [-1] })
    expect(lossValueAndGradient(perImage, row([1e4], [0]))).toEqual({ value: 10001, gradient: [1] })
  })

  it("keeps the share of a pixel exact in a large union", () => {
    // One foreground pixel of 2048 with error 3, then 9 background pixels with error 2. Shares of the latter are
    // I / (U (U - 1)), I = 2047, U from 2049 on; differences of Jaccard losses would keep three or four digits of them.
    const foreground = Array.from({ length: 2048 }, (_, i) => (i === 0 ? -2 : 2))
    const background = new Array<number>(9).fill(1)
    const mask = [...foreground.map(() => 1), ...background.map(() => 0)]
    const { gradient } = lossValueAndGradient(perImage, row([...foreground, ...background], mask))
    const expected = background.map((_, k) => 2047 / ((2049 + k) * (2048 + k)))
    expectClose(gradient.slice(2048), expected, { relative: 1e-6 })
  })

  it("meets the golden numbers", () => {
    const { value, gradient } = lossValueAndGradient(perImage, golden)
    expectClose(value, 0.39, { absolute: 1e-7 })
    expectClose(gradient.slice(0, 4), [0, 0, -0.2, -0.16666667], { absolute: 1e-8 })
  })
})
