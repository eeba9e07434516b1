import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import type { Geometry, SliceAxis } from "../../../src/data/dataset/dataset.ts"
import {
  fileGeometry,
  fileVoxels,
  sliceAxes,
  sliceAxisOf,
  slicedGeometry,
  slicedVoxels,
} from "../../../src/data/dataset/slicing.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"

type Triple = [number, number, number]

const grid = (shape: Triple, spacingMm: Triple): Geometry => ({
  shape,
  spacingMm,
  affine: spacingAffine(spacingMm),
})

describe("sliceAxisOf", () => {
  it("takes the axis that is named", () => {
    expect(sliceAxes).toEqual(["x", "y", "z", "largest-spacing"])
    // Whatever the spacings would say.
    for (const spacingMm of [
      [3, 1, 1],
      [1, 3, 1],
      [1, 1, 3],
    ] as Triple[])
      expect((["x", "y", "z"] as const).map((axis) => sliceAxisOf(grid([4, 4, 4], spacingMm), axis))).toEqual(
        [0, 1, 2],
      )
  })

  it("takes the axis with the largest spacing, and of equal ones the last", () => {
    const axis = (...spacingMm: Triple) => sliceAxisOf(grid([4, 4, 4], spacingMm), "largest-spacing")
    expect(axis(3, 1, 1)).toBe(0)
    expect(axis(1, 3, 1)).toBe(1)
    expect(axis(1, 1, 3)).toBe(2)
    expect(axis(1, 1, 1)).toBe(2)
    expect(axis(3, 3, 1)).toBe(1)
    expect(axis(3, 1, 3)).toBe(2)
    // 1 / 3 in float32 and in float64.
    expect(axis(1 / 3, 1 / 3, Math.fround(1 / 3) - 1e-8)).toBe(2)
    // Less than a thousandth smaller is the same, more is not.
    expect([axis(1, 1, 0.9991), axis(1, 1, 0.9989)]).toEqual([2, 1])
    expect([axis(1, 0.9991, 0.5), axis(1, 0.9989, 0.5)]).toEqual([1, 0])
  })

  it("takes a 2-D image as the one slice it is, whatever is asked for", () => {
    for (const choice of sliceAxes) expect(sliceAxisOf(grid([5, 4, 1], [9, 9, 1]), choice)).toBe(2)
  })
})

describe("slicing", () => {
  it("moves an axis to the end, by hand", () => {
    // 2 x 3 x 2 voxels, named by x + 10 y + 100 z.
    const voxels = Uint8Array.of(0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121)
    expect([...slicedVoxels(voxels, [2, 3, 2], 0)]).toEqual([
      0, 10, 20, 100, 110, 120, 1, 11, 21, 101, 111, 121,
    ])
    expect([...slicedVoxels(voxels, [2, 3, 2], 1)]).toEqual([
      0, 1, 100, 101, 10, 11, 110, 111, 20, 21, 120, 121,
    ])
    expect(slicedVoxels(voxels, [2, 3, 2], 2)).toBe(voxels)
    expect(slicedGeometry(grid([2, 3, 4], [0.1, 0.2, 0.3]), 0)).toEqual({
      shape: [3, 4, 2],
      spacingMm: [0.2, 0.3, 0.1],
      affine: [
        [0, 0, 0.1, 0],
        [0.2, 0, 0, 0],
        [0, 0.3, 0, 0],
        [0, 0, 0, 1],
      ],
    })
  })

  const side = fc.integer({ min: 1, max: 5 })
  const number = fc.integer({ min: -900, max: 900 }).map((hundredths) => hundredths / 100)
  const geometry: fc.Arbitrary<Geometry> = fc.record({
    shape: fc.tuple(side, side, side),
    spacingMm: fc.tuple(number, number, number),
    affine: fc.array(fc.tuple(number, number, number, number), { minLength: 4, maxLength: 4 }),
  })
  const axis = fc.constantFrom<SliceAxis>(0, 1, 2)

  test.prop([geometry, axis])("comes back exactly", (file, axis) => {
    const [x, y, z] = file.shape
    const voxels = Float32Array.from({ length: x * y * z }, (_, i) => i)
    const sliced = slicedGeometry(file, axis)
    expect(fileGeometry(sliced, axis)).toEqual(file)
    expect(fileVoxels(slicedVoxels(voxels, file.shape, axis), sliced.shape, axis)).toEqual(voxels)
  })

  test.prop([geometry, axis])("leaves every voxel at its place in mm", (file, axis) => {
    const [columns, rows, slices] = file.shape
    const voxels = Float32Array.from({ length: columns * rows * slices }, (_, i) => i)
    const sliced = slicedGeometry(file, axis)
    const moved = slicedVoxels(voxels, file.shape, axis)
    const at = ({ shape, affine }: Geometry, index: number) => {
      const [width, height] = shape
      const voxel = [
        index % width,
        Math.floor(index / width) % height,
        Math.floor(index / (width * height)),
        1,
      ]
      return affine.slice(0, 3).map((row) => row.reduce((sum, value, i) => sum + value * voxel[i]!, 0))
    }
    for (const [index, before] of moved.entries())
      for (const [row, mm] of at(sliced, index).entries()) expect(mm).toBeCloseTo(at(file, before)[row]!, 9)
  })
})
