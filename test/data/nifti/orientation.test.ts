import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import {
  affineToQuaternion,
  determinant,
  quaternionToAffine,
  spacingAffine,
  stepsMm,
} from "../../../src/data/nifti/orientation.ts"

const component = fc.double({ min: -1, max: 1, noNaN: true })
const step = fc.double({ min: 0.01, max: 10, noNaN: true })

describe("orientation", () => {
  it("has no rotation in a grid that is only spaced", () => {
    expect(affineToQuaternion(spacingAffine([2, 3, 4]))).toEqual({
      bcd: [0, 0, 0],
      offsetMm: [0, 0, 0],
      handedness: 1,
    })
  })

  it("turns x to y and y to -x for a quarter turn about z", () => {
    const affine = quaternionToAffine(
      { bcd: [0, 0, Math.SQRT1_2], offsetMm: [1, 2, 3], handedness: 1 },
      [1, 2, 3],
    )
    const expected = [
      [0, -2, 0, 1],
      [1, 0, 0, 2],
      [0, 0, 3, 3],
      [0, 0, 0, 1],
    ]
    for (const [r, row] of expected.entries())
      for (const [c, value] of row.entries()) expect(affine[r]![c]).toBeCloseTo(value, 12)
  })

  it("cannot say a shear", () => {
    const sheared = [
      [1, 0.2, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]
    expect(affineToQuaternion(sheared)).toBeNull()
  })

  test.prop([
    fc.tuple(component, component, component),
    fc.tuple(step, step, step),
    fc.constantFrom<1 | -1>(1, -1),
  ])("comes back through the quaternion", (bcd, spacingMm, handedness) => {
    const affine = quaternionToAffine({ bcd, offsetMm: [4, 5, 6], handedness }, spacingMm)
    expect(Math.sign(determinant(affine))).toBe(handedness)
    for (const [axis, value] of stepsMm(affine).entries()) expect(value).toBeCloseTo(spacingMm[axis]!, 9)
    const again = quaternionToAffine(affineToQuaternion(affine)!, spacingMm)
    for (const [r, row] of affine.entries())
      for (const [c, value] of row.entries()) expect(again[r]![c]).toBeCloseTo(value, 6)
  })
})
