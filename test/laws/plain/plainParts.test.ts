import { beforeAll, describe, expect, it } from "vitest"
import type { LossCase } from "../../../src/laws/lossCase.ts"
import { caseNoise } from "../../../src/laws/plain/caseNoise.ts"
import { plainDistance, plainDistanceOf } from "../../../src/laws/plain/plainDistance.ts"
import { dot, meanOverGroups, total } from "../../../src/laws/plain/plainGroups.ts"
import { plainHard } from "../../../src/laws/plain/plainHard.ts"
import { plainWeight } from "../../../src/laws/plain/plainWeight.ts"
import { mean, sigmoid, softplus } from "../../../src/laws/plain/scalar.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

describe("scalars", () => {
  it("are those of float64, far from 0 too", () => {
    expect(sigmoid(0)).toBe(0.5)
    expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 15)
    expect(sigmoid(-40)).toBeCloseTo(Math.exp(-40), 30)
    expect(softplus(0)).toBeCloseTo(Math.LN2, 15)
    // ln(1 + e^z) with e^z = 3, and with a third.
    expect(softplus(Math.log(3))).toBeCloseTo(Math.log(4), 15)
    expect(softplus(-Math.log(3))).toBeCloseTo(Math.log(4 / 3), 15)
    expect(softplus(1e4)).toBe(1e4)
    expect(softplus(-1e4)).toBe(0)
    expect(mean([1, 2, 6])).toBe(3)
    expect(total([1, 2, 6])).toBe(9)
    expect(dot([1, 2, 3], [4, 5, -6])).toBe(4 + 10 - 18)
  })
})

describe("plainWeight", () => {
  const range = { from: 1, to: 3, start: 0.2, end: 0.6 }

  it("is constant, or goes from one value to the other between two points of the training", () => {
    expect(plainWeight({ kind: "constant", value: 0.7 }, 0.3)).toBe(0.7)
    const linear = [0, 0.2, 0.3, 0.4, 0.6, 1].map((at) =>
      plainWeight({ kind: "linear", ...range, stairs: null }, at),
    )
    for (const [i, value] of [1, 1, 1.5, 2, 3, 3].entries()) expect(linear[i]).toBeCloseTo(value, 14)
    // Half a cosine: at a third of the way cos 60 degrees = 1/2, so a quarter of the step.
    const cosine = [0, 0.2, 0.2 + 0.4 / 3, 0.4, 0.6, 1].map((at) =>
      plainWeight({ kind: "cosine", ...range }, at),
    )
    for (const [i, value] of [1, 1, 1.5, 2, 3, 3].entries()) expect(cosine[i]).toBeCloseTo(value, 14)
  })

  it("goes up in stairs of equal length, the first and the last at the ends", () => {
    // Three stairs of 0.4 / 3 each, at 1, 2 and 3.
    const stairs = { kind: "linear", ...range, stairs: 3 }
    const at = [0, 0.2, 0.33, 0.34, 0.46, 0.47, 0.6, 1]
    expect(at.map((progress) => plainWeight(stairs, progress))).toEqual([1, 1, 1, 2, 2, 3, 3, 3])
    // An edge itself belongs to the next stair.
    expect(plainWeight({ ...stairs, start: 0, end: 1, stairs: 4 }, 0.25)).toBeCloseTo(1 + 2 / 3, 14)
  })

  it("steps at the shares that are named, from there on", () => {
    const step = { kind: "step", values: [5, 6, 7], at: [0.25, 0.5] }
    expect([0, 0.24, 0.25, 0.49, 0.5, 1].map((at) => plainWeight(step, at))).toEqual([5, 5, 6, 6, 7, 7])
  })

  it("refuses a schedule that it does not know", () => {
    expect(() => plainWeight({ kind: "wave" }, 0)).toThrow("no such schedule: wave")
  })
})

/** Two images of 1 x 2. */
const two: LossCase = {
  shape: [2, 1, 2],
  logits: [0, Math.log(3), -Math.log(3), 0],
  mask: [1, 0, 0.6, 0.4],
  second: [1, 1, 0, 0],
}

describe("meanOverGroups", () => {
  it("gives probabilities, their complements and masks image by image, or all at once", () => {
    const seen: number[][] = []
    const look = ({ p, q, y }: { p: readonly number[]; q: readonly number[]; y: readonly number[] }) => {
      seen.push([...p, ...q, ...y])
      return p.length + 10 * seen.length
    }
    // 2 + 10 and 2 + 20
    expect(meanOverGroups(two, "image", look)).toBe(17)
    const close = (found: readonly number[] | undefined, wanted: readonly number[]) => {
      expect(found).toHaveLength(wanted.length)
      for (const [i, value] of wanted.entries()) expect(found![i]).toBeCloseTo(value, 14)
    }
    close(seen[0], [0.5, 0.75, 0.5, 0.25, 1, 0])
    close(seen[1], [0.25, 0.5, 0.75, 0.5, 0.6, 0.4])
    expect(meanOverGroups(two, "batch", look)).toBe(4 + 30)
    close(seen[2], [0.5, 0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.5, 1, 0, 0.6, 0.4])
  })
})

describe("plainDistance", () => {
  it("is to the nearest pixel of the other side in the same image, less one inside", () => {
    const shape = [2, 2, 3] as const
    const foreground = [true, false, false, false, false, false, true, true, true, true, true, true]
    expect(plainDistanceOf(foreground, shape)).toEqual([
      0,
      1,
      2,
      1,
      Math.SQRT2,
      Math.hypot(1, 2),
      0,
      0,
      0,
      0,
      0,
      0,
    ])
    // Inside 1 minus the distance: three columns of foreground beside one of background.
    expect(plainDistanceOf([true, true, true, false], [1, 1, 4])).toEqual([-2, -1, 0, 1])
  })

  it("cuts a soft mask at a half, which is inside", () => {
    const soft = { ...two, shape: [1, 1, 4] as const, mask: [0.5, 0.49, 0, 0.51] }
    expect(plainDistance(soft)).toEqual([0, 1, 1, 0])
  })
})

describe("plainHard", () => {
  /** The pixels of a row of seven around the one where the annotators disagree. */
  const hardOf = (kernel: number) => {
    const mask = [0, 0, 0, 1, 0, 0, 0]
    return plainHard({ shape: [1, 1, 7], logits: mask, mask, second: mask.map(() => 0) }, kernel)
  }

  it("is a square around each disagreement, one longer before than after where the kernel is even", () => {
    expect(hardOf(1)).toEqual([0, 0, 0, 1, 0, 0, 0])
    // From i - 1 to i: pixels 3 and 4 look at pixel 3.
    expect(hardOf(2)).toEqual([0, 0, 0, 1, 1, 0, 0])
    expect(hardOf(3)).toEqual([0, 0, 1, 1, 1, 0, 0])
    expect(hardOf(4)).toEqual([0, 0, 1, 1, 1, 1, 0])
  })

  it("does not reach into the next row or image", () => {
    const mask = [0, 0, 1, 0, 0, 0, 0, 0, 0]
    const of = { logits: mask, mask, second: mask.map(() => 0) }
    expect(plainHard({ ...of, shape: [1, 3, 3] }, 3)).toEqual([0, 1, 1, 0, 1, 1, 0, 0, 0])
    expect(plainHard({ ...of, shape: [3, 1, 3] }, 3)).toEqual([0, 1, 1, 0, 0, 0, 0, 0, 0])
  })
})

describe("caseNoise", () => {
  beforeAll(useJavascriptEngine)

  it("is a list for each sample, each number drawn once, the same at every call", () => {
    const noise = caseNoise(two, 3)
    expect(noise.map((list) => list.length)).toEqual([4, 4, 4])
    expect(new Set(noise.flat()).size).toBe(12)
    expect(caseNoise(two, 3)).toEqual(noise)
    expect(caseNoise({ ...two, shape: [1, 1, 2], logits: [0, 0] }, 6).flat()).toEqual(noise.flat())
  })
})
