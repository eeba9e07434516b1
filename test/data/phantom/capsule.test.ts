import { describe, expect, it } from "vitest"
import { capsule, radiusAt } from "../../../src/data/phantom/capsule.ts"
import { angleCount } from "../../../src/data/phantom/randomCurve.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"

const patients = Array.from({ length: 40 }, (_, n) => capsule(rootKey(3).child(n).draws()))
const places = Array.from({ length: 40 }, (_, i) => (i + 0.5) / 40)

describe("capsule", () => {
  it("is a smooth closed curve: neighbouring radii, the last and the first too, differ by little", () => {
    for (const { contourAt } of patients) {
      const { radiiMm } = contourAt(0.5)!
      for (let i = 0; i < angleCount; i++)
        expect(Math.abs(radiiMm[i]! - radiiMm[(i + 1) % angleCount]!)).toBeLessThan(0.04 * radiiMm[i]!)
    }
  })

  it("changes little from one slice to the next, as against between patients", () => {
    const centres = patients.map(({ contourAt }) => contourAt(0.5)!.centreMm.x)
    const steps = patients.map(({ contourAt }) =>
      Math.abs(contourAt(0.5)!.centreMm.x - contourAt(0.525)!.centreMm.x),
    )
    expect(Math.max(...steps)).toBeLessThan(1)
    expect(Math.max(...centres) - Math.min(...centres)).toBeGreaterThan(6)
  })

  it("is missed by the planes at one end of the sweep at least, and shrinks before it is missed", () => {
    const present = patients.flatMap(({ contourAt }) => places.map((u) => contourAt(u) !== undefined))
    const share = present.filter((value) => !value).length / present.length
    expect(share).toBeGreaterThan(0.05)
    expect(share).toBeLessThan(0.18)
    for (const { contourAt } of patients) {
      const radii = places.flatMap((u) => contourAt(u)?.radiiMm[0] ?? [])
      expect(radii[0]!).toBeLessThan(0.85 * Math.max(...radii))
      expect(radii.at(-1)!).toBeLessThan(0.85 * Math.max(...radii))
    }
  })

  it("puts the bladder neck at the base, on the left, and nowhere else", () => {
    for (const { neck } of patients) {
      expect(Math.max(...neck)).toBeCloseTo(1, 3)
      // Index 0 points to the right, a quarter of the turn down, half of it to the left.
      expect(neck[0]!).toBeLessThan(0.1)
      expect(neck.indexOf(Math.max(...neck))).toBeGreaterThan(angleCount / 4)
      expect(neck.indexOf(Math.max(...neck))).toBeLessThanOrEqual(angleCount / 2)
    }
  })
})

describe("radiusAt", () => {
  it("is linear between angles and closes the circle", () => {
    const ring = Float64Array.from({ length: angleCount }, (_, i) => i)
    expect(radiusAt(ring, 2.25)).toBe(2.25)
    // Halfway from the last angle (511) back to the first (0).
    expect(radiusAt(ring, angleCount - 0.5)).toBe((angleCount - 1) / 2)
  })
})
