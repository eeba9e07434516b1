import { describe, expect, it } from "vitest"
import type { Geometry } from "../../../src/data/dataset/dataset.ts"
import { type Agreement, sameGrid } from "../../../src/data/files/sameGrid.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"

const grid: Geometry = { shape: [4, 3, 2], spacingMm: [0.5, 1, 2], affine: spacingAffine([0.5, 1, 2]) }

/** With one number of the affine replaced. */
const moved = (row: number, column: number, by: number): Geometry => ({
  ...grid,
  affine: grid.affine.map((values, r) => values.map((v, c) => (r === row && c === column ? v + by : v))),
})

const differing = (geometry: Geometry, agreement: Agreement = "geometry") =>
  sameGrid(
    { name: "reference", file: "r.nii", geometry: grid },
    { name: "prediction", file: "p.nii", geometry },
    agreement,
    "say --agreement shape",
  )

describe("sameGrid", () => {
  it.each([
    ["the same grid", grid],
    ["a spacing off by less than a thousandth", { ...grid, spacingMm: [0.5004, 1, 2] } as Geometry],
    ["a direction off by less than a thousandth of a voxel", moved(2, 1, 0.0009)],
    ["an origin off by less than a thousandth of a millimetre", moved(0, 3, 0.0009)],
  ])("accepts %s", (_, geometry) => {
    expect(differing(geometry)).toEqual([])
  })

  it("measures directions by the spacing along their axis, and origins in millimetres", () => {
    const wide: Geometry = { shape: [4, 3, 2], spacingMm: [0.1, 1, 8], affine: spacingAffine([0.1, 1, 8]) }
    const differs = (row: number, column: number, by: number) => {
      const affine = wide.affine.map((values, r) =>
        values.map((v, c) => (r === row && c === column ? v + by : v)),
      )
      const names = { name: "a", file: "a.nii" }
      return sameGrid(
        { ...names, geometry: wide },
        { ...names, geometry: { ...wide, affine } },
        "geometry",
        "",
      ).length
    }
    for (const row of [0, 1, 2])
      for (const [column, scale] of [0.1, 1, 8, 1].entries())
        expect([0.9, -0.9, 1.1, -1.1].map((part) => differs(row, column, part * 1e-3 * scale))).toEqual([
          0, 0, 1, 1,
        ])
  })

  it("measures each spacing by itself", () => {
    const steps: Geometry["spacingMm"] = [0.1, 1, 8]
    for (const axis of [0, 1, 2])
      for (const [part, count] of [
        [0.9, 0],
        [-0.9, 0],
        [1.1, 1],
        [-1.1, 1],
      ] as const) {
        const geometry = { ...grid, spacingMm: steps }
        const spacingMm = steps.with(axis, steps[axis]! * (1 + part * 1e-3)) as [number, number, number]
        const names = { name: "a", file: "a.nii" }
        const other = { ...names, geometry: { ...geometry, spacingMm } }
        expect(sameGrid({ ...names, geometry }, other, "geometry", "")).toHaveLength(count)
      }
  })

  it("shows six digits of each number", () => {
    const spacingMm = [0.123456789, 1, 2] as const
    const [problem] = differing({ ...grid, spacingMm, affine: spacingAffine([1.23456789, 1, 2]) })
    expect(problem!.found).toBe(
      "4 x 3 x 2 voxels of 0.123457 x 1 x 2 mm, affine [[1.23457,0,0,0],[0,1,0,0],[0,0,2,0]]",
    )
  })

  it("names everything that differs and shows both geometries", () => {
    const other: Geometry = {
      shape: [4, 3, 1],
      spacingMm: [0.5, 1, 3],
      affine: spacingAffine([0.5, 1, 3]),
    }
    expect(differing(other)).toEqual([
      {
        message: "prediction and reference differ in shape, spacing, affine",
        file: "p.nii",
        expected:
          "4 x 3 x 2 voxels of 0.5 x 1 x 2 mm, affine [[0.5,0,0,0],[0,1,0,0],[0,0,2,0]] (reference r.nii)",
        found: "4 x 3 x 1 voxels of 0.5 x 1 x 3 mm, affine [[0.5,0,0,0],[0,1,0,0],[0,0,3,0]]",
        fix: "export the prediction on the reference's own grid",
      },
    ])
  })

  it("says how to waive the geometry when the shape is the same", () => {
    expect(differing(moved(1, 3, 0.002))).toMatchObject([
      {
        message: "prediction and reference differ in affine",
        fix: "if the voxels belong together one by one all the same, say --agreement shape",
      },
    ])
  })

  it("compares only the shape when told to", () => {
    expect(differing(moved(0, 0, 5), "shape")).toEqual([])
    expect(differing({ ...grid, shape: [4, 3, 1] }, "shape")).toMatchObject([
      { message: "prediction and reference differ in shape" },
    ])
  })
})
