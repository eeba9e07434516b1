import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect } from "vitest"
import { metricTable } from "../../src/metrics/metricTable.ts"
import { scoreMask } from "../../src/metrics/scoreMask.ts"
import { hd95Conventions, type MetricName, metricNames } from "../../src/metrics/scores.ts"
import { filledPair, flipped, type Pair, padded, turned } from "../support/masks.ts"
import { measure } from "../support/measure.ts"
import { defaultScoring } from "../support/scoring.ts"
import { plainScores } from "./plainScores.ts"

const distances = metricNames.filter((metric) => metricTable[metric].kind === "distance")

/** Every metric, and HD95 by every convention. */
const scores = ({ a, b, spacingMm }: Pair, toleranceMm = 1): Readonly<Record<string, number>> =>
  Object.fromEntries(
    hd95Conventions.flatMap((hd95) => {
      const options = { ...defaultScoring, metrics: metricNames, hd95, toleranceMm }
      const { values } = scoreMask(a, b, spacingMm, options)
      return metricNames.map((metric) => [metric === "hd95" ? hd95 : metric, values[metric]!])
    }),
  )

const expectSame = (found: Readonly<Record<string, number>>, wanted: Readonly<Record<string, number>>) => {
  for (const [name, value] of Object.entries(wanted)) expect(found[name], name).toBeCloseTo(value, 10)
}

const isDistance = (name: string) => !["dice", "iou", "precision", "recall", "nsd"].includes(name)

describe("the metrics of two masks", () => {
  // Whole hundredths, as spacings are, so that tolerances meet distances.
  const tolerance = fc.integer({ min: 0, max: 2000 }).map((hundredths) => hundredths / 100)

  test.prop([filledPair, fc.integer({ min: 0, max: 400 })], { numRuns: 50 })(
    "are what plain loops over all pairs of points find",
    (pair, hundredths) => {
      // Halfway between two hundredths: few distances come so near to it that rounding decides.
      const toleranceMm = (hundredths + 0.5) / 100
      expectSame(scores(pair, toleranceMm), plainScores(pair, toleranceMm))
    },
  )

  test.prop([filledPair])("do not depend on which mask comes first", (pair) => {
    const { a: b, b: a, spacingMm } = pair
    const { precision, recall, ...there } = scores(pair)
    const { precision: precisionBack, recall: recallBack, ...back } = scores({ a, b, spacingMm })
    expectSame(back, there)
    expect([precisionBack, recallBack]).toEqual([recall, precision])
  })

  test.prop([filledPair])("are the best of equal masks", ({ a, spacingMm }) => {
    for (const [name, value] of Object.entries(scores({ a, b: a, spacingMm }, 0)))
      expect(value, name).toBe(isDistance(name) ? 0 : 1)
  })

  test.prop([filledPair, fc.constantFrom(0.25, 0.5, 2, 8)])(
    "grow with the spacing where they are distances, and only there",
    (pair, scale) => {
      const { a, b, spacingMm } = pair
      const larger = spacingMm.map((mm) => mm * scale)
      const before = scores(pair)
      const wanted = Object.entries(before).map(([name, value]) => [
        name,
        isDistance(name) ? value * scale : value,
      ])
      expectSame(scores({ a, b, spacingMm: larger }, scale), Object.fromEntries(wanted))
    },
  )

  const margins = fc.tuple(fc.array(fc.nat(3), { minLength: 3 }), fc.array(fc.nat(3), { minLength: 3 }))

  test.prop([filledPair, margins])("do not see wider images", ({ a, b, spacingMm }, [before, after]) => {
    const wider = { a: padded(a, before, after), b: padded(b, before, after), spacingMm }
    expectSame(scores(wider), scores({ a, b, spacingMm }))
  })

  test.prop([filledPair, fc.nat(2)])("do not see mirrored axes", ({ a, b, spacingMm }, any) => {
    const axis = any % a.shape.length
    expectSame(scores({ a: flipped(a, axis), b: flipped(b, axis), spacingMm }), scores({ a, b, spacingMm }))
  })

  test.prop([filledPair, fc.shuffledSubarray([0, 1, 2], { minLength: 3 })])(
    "do not see the order of the axes when the spacing follows",
    ({ a, b, spacingMm }, shuffled) => {
      const order = shuffled.filter((axis) => axis < a.shape.length)
      const other = {
        a: turned(a, order),
        b: turned(b, order),
        spacingMm: order.map((axis) => spacingMm[axis]!),
      }
      expectSame(scores(other), scores({ a, b, spacingMm }))
    },
  )

  test.prop([filledPair])("of one slice are those of the slice's volume, but for its surface", (pair) => {
    // In a volume of one slice every voxel is border, as above and below are outside; so the overlap only.
    fc.pre(pair.a.shape.length === 2)
    const volume = {
      a: { ...pair.a, shape: [1, ...pair.a.shape] },
      b: { ...pair.b, shape: [1, ...pair.b.shape] },
      spacingMm: [1, ...pair.spacingMm],
    }
    const [flat, deep] = [scores(pair), scores(volume)]
    for (const name of ["dice", "iou", "precision", "recall"]) expect(deep[name], name).toBe(flat[name])
  })

  test.prop([filledPair])("keep their order: no percentile beyond the largest, no mean beyond it", (pair) => {
    const { hd, pooled, "max-directed": directed, assd, dice, iou } = scores(pair)
    for (const value of [pooled, directed, assd]) expect(value).toBeLessThanOrEqual(hd! * (1 + 1e-12))
    expect(dice).toBeCloseTo((2 * iou!) / (1 + iou!), 14)
  })

  test.prop([filledPair, tolerance, tolerance])(
    "count more of the contours at a larger tolerance, and all of them beyond the largest distance",
    ({ a, b, spacingMm }, some, more) => {
      const at = (toleranceMm: number) => measure("nsd", a, b, spacingMm, { toleranceMm })!
      const values = [Math.min(some, more), Math.max(some, more)].map(at)
      expect(values[0]).toBeLessThanOrEqual(values[1]!)
      // Any two points lie within the image's diagonal of each other.
      expect(at(Math.hypot(...a.shape.map((size, axis) => size * spacingMm[axis]!)))).toBe(1)
    },
  )

  test.prop([filledPair])(
    "contour: the HD95 is a tolerance at which 95 % of each contour, so of both, agree",
    (pair) => {
      const { a, b, spacingMm } = pair
      const toleranceMm = measure("hd95", a, b, spacingMm, { hd95: "contour" })!
      expect(measure("nsd", a, b, spacingMm, { toleranceMm })!).toBeGreaterThanOrEqual(0.95 - 1e-12)
    },
  )

  test.prop([filledPair])("are the same alone as together", (pair) => {
    const { a, b, spacingMm } = pair
    const together = scores(pair, 2)
    for (const metric of ["dice", "nsd", ...distances.filter((one) => one !== "hd95")] as MetricName[])
      expect(measure(metric, a, b, spacingMm), metric).toBe(together[metric])
  })
})
