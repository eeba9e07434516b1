import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import {
  type Affine,
  affineToQuaternion,
  determinant,
  quaternionToAffine,
  spacingAffine,
  stepsMm,
} from "../../../src/data/nifti/orientation.ts"

const component = fc.integer({ min: -9, max: 9 })

/** A rotation as a unit quaternion whose cosine half is above 0. */
const rotation = fc
  .tuple(fc.integer({ min: 1, max: 9 }), component, component, component)
  .map(([a, b, c, d]) => {
    const length = Math.hypot(a, b, c, d)
    return [b / length, c / length, d / length] as const
  })
const axis = fc
  .tuple(component, component, component)
  .filter((each) => each.some((value) => value !== 0))
  .map(([x, y, z]) => {
    const length = Math.hypot(x, y, z)
    return [x / length, y / length, z / length] as const
  })
const step = fc.integer({ min: 1, max: 1000 }).map((hundredths) => hundredths / 100)
const steps = fc.tuple(step, step, step)
const offsets = fc.tuple(component, component, component)
const hands = fc.constantFrom<1 | -1>(1, -1)

const expectAffine = (actual: Affine, expected: Affine, digits: number): void => {
  for (const [r, row] of expected.entries())
    for (const [c, value] of row.entries()) expect(actual[r]![c], `${r}, ${c}`).toBeCloseTo(value, digits)
}

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
    expectAffine(affine, expected, 12)
  })

  it("turns y to z about x, and z to x about y", () => {
    const turned = (bcd: readonly [number, number, number]) =>
      quaternionToAffine({ bcd, offsetMm: [0, 0, 0], handedness: 1 }, [1, 1, 1])
    const about = {
      x: [
        [1, 0, 0, 0],
        [0, 0, -1, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 1],
      ],
      y: [
        [0, 0, 1, 0],
        [0, 1, 0, 0],
        [-1, 0, 0, 0],
        [0, 0, 0, 1],
      ],
    }
    expectAffine(turned([Math.SQRT1_2, 0, 0]), about.x, 12)
    expectAffine(turned([0, Math.SQRT1_2, 0]), about.y, 12)
  })

  it("mirrors the third axis for a handedness of -1", () => {
    const affine = quaternionToAffine({ bcd: [0, 0, 0], offsetMm: [0, 0, 0], handedness: -1 }, [1, 2, 3])
    expectAffine(affine, spacingAffine([1, 2, -3]), 12)
    expect(determinant(affine)).toBe(-6)
  })

  it("has the determinant of three hand-worked rows", () => {
    // 1 (5 * 10 - 6 * 8) - 2 (4 * 10 - 6 * 7) + 3 (4 * 8 - 5 * 7) = 2 + 4 - 9
    expect(
      determinant([
        [1, 2, 3, 9],
        [4, 5, 6, 9],
        [7, 8, 10, 9],
      ]),
    ).toBe(-3)
  })

  test.prop([axis, steps, hands])(
    "takes a half turn whose quaternion was rounded to float32 for a half turn",
    (axis, spacingMm, handedness) => {
      const bcd = axis.map(Math.fround) as [number, number, number]
      const affine = quaternionToAffine({ bcd, offsetMm: [0, 0, 0], handedness }, spacingMm)
      // Twice the projection on the axis, less the point itself.
      const expected = axis.map((x, r) =>
        axis.map((y, c) => (2 * x * y - +(r === c)) * spacingMm[c]! * (c === 2 ? handedness : 1)),
      )
      for (const [r, row] of expected.entries())
        for (const [c, value] of row.entries())
          expect(Math.abs(affine[r]![c]! - value)).toBeLessThan(1e-6 * spacingMm[c]!)
    },
  )

  it("shortens a quaternion that is slightly longer than one", () => {
    const affine = quaternionToAffine(
      { bcd: [0, 0.6003, 0.8004], offsetMm: [0, 0, 0], handedness: 1 },
      [1, 1, 1],
    )
    // A half turn about (0, 0.6, 0.8).
    const expected = [
      [-1, 0, 0, 0],
      [0, -0.28, 0.96, 0],
      [0, 0.96, 0.28, 0],
      [0, 0, 0, 1],
    ]
    expectAffine(affine, expected, 12)
  })

  it("takes what float32 cannot have lost for an angle", () => {
    // A cosine half of 0.001, so 2 a d = 0.002: no half turn.
    const affine = quaternionToAffine(
      { bcd: [0, 0, Math.sqrt(1 - 1e-6)], offsetMm: [0, 0, 0], handedness: 1 },
      [1, 1, 1],
    )
    expect(affine[1]![0]).toBeCloseTo(0.002, 8)
  })

  it("cannot say a shear of any two axes, but one that is within rounding", () => {
    const sheared = (row: number, column: number, by: number): Affine =>
      spacingAffine([1, 2, 3]).map((values, r) => values.map((v, c) => (r === row && c === column ? by : v)))
    for (const [row, column] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      expect(affineToQuaternion(sheared(row, column, 0.001))).toBeNull()
      expect(affineToQuaternion(sheared(row, column, -0.001))).toBeNull()
      expect(affineToQuaternion(sheared(row, column, 1e-6))).not.toBeNull()
    }
    expect(affineToQuaternion(spacingAffine([1, 0, 1]))).toBeNull()
  })

  test.prop([rotation, steps, hands, offsets])(
    "gives back the quaternion of every rotation, flip and shift",
    (bcd, spacingMm, handedness, offsetMm) => {
      const affine = quaternionToAffine({ bcd, offsetMm, handedness }, spacingMm)
      expect(Math.sign(determinant(affine))).toBe(handedness)
      for (const [axis, value] of stepsMm(affine).entries()) expect(value).toBeCloseTo(spacingMm[axis]!, 9)
      expect(affine.map((row) => row[3])).toEqual([...offsetMm, 1])
      expect(affine[3]).toEqual([0, 0, 0, 1])
      const again = affineToQuaternion(affine)!
      expect(again).toMatchObject({ offsetMm, handedness })
      for (const [i, value] of bcd.entries()) expect(again.bcd[i]).toBeCloseTo(value, 9)
    },
  )

  test.prop([axis, steps, hands])(
    "gives half turns back, whichever way round their axis is written",
    (axis, spacingMm, handedness) => {
      const affine = quaternionToAffine({ bcd: axis, offsetMm: [0, 0, 0], handedness }, spacingMm)
      const again = quaternionToAffine(affineToQuaternion(affine)!, spacingMm)
      expectAffine(again, affine, 6)
    },
  )

  it("divides by none of the parts that are nearly 0: right angles in all ways", () => {
    const rows = [0, 1, 2]
    for (const first of rows)
      for (const second of rows.filter((row) => row !== first))
        for (const signs of [0, 1, 2, 3, 4, 5, 6, 7]) {
          const order = [first, second, 3 - first - second]
          const affine = [0, 1, 2].map((row) => [
            ...order.map((at, axis) => (at === row ? (1 - 2 * ((signs >> axis) & 1)) * (axis + 1) : 0)),
            row,
          ])
          const again = affineToQuaternion([...affine, [0, 0, 0, 1]])!
          expectAffine(quaternionToAffine(again, [1, 2, 3]), [...affine, [0, 0, 0, 1]], 12)
        }
  })
})
