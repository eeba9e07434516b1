import type { Problem } from "../../failure/failure.ts"
import type { Geometry } from "../dataset/dataset.ts"

/** How far two volumes must lie on the same grid: "geometry" compares shape, spacing and affine; "shape" only
 *  the shape, for masks whose program lost the geometry. */
export type Agreement = "geometry" | "shape"

/** A volume, and what messages call it. */
export interface OnGrid {
  /** "image", "prediction" */
  readonly name: string
  readonly file: string
  readonly geometry: Geometry
}

const tolerance = 1e-3

/** Checks that a volume lies on the grid of another: shapes alike; spacings within a thousandth of themselves;
 *  directions within a thousandth of a voxel's side, and origins within a thousandth of a millimetre.
 *  @param waiver how to say that only the shape counts: "set load.source.agreement: shape"
 *  @returns no problem, or one that shows both geometries */
export const sameGrid = (grid: OnGrid, other: OnGrid, agreement: Agreement, waiver: string): Problem[] => {
  const [one, two] = [grid.geometry, other.geometry]
  const close = (a: number, b: number, scale: number) => Math.abs(a - b) <= tolerance * scale
  const sameShape = one.shape.every((side, axis) => side === two.shape[axis])
  const sameSpacing = one.spacingMm.every((step, axis) => close(step, two.spacingMm[axis]!, step))
  const sameAffine = one.affine.every((row, r) =>
    row.every((value, c) => close(value, two.affine[r]![c]!, c < 3 ? one.spacingMm[c]! : 1)),
  )
  const differing = [
    ...(sameShape ? [] : ["shape"]),
    ...(sameSpacing || agreement === "shape" ? [] : ["spacing"]),
    ...(sameAffine || agreement === "shape" ? [] : ["affine"]),
  ]
  if (differing.length === 0) return []
  return [
    {
      message: `${other.name} and ${grid.name} differ in ${differing.join(", ")}`,
      file: other.file,
      expected: `${shown(one)} (${grid.name} ${grid.file})`,
      found: shown(two),
      fix: sameShape
        ? `if the voxels belong together one by one all the same, ${waiver}`
        : `export the ${other.name} on the ${grid.name}'s own grid`,
    },
  ]
}

const shown = ({ shape, spacingMm, affine }: Geometry): string =>
  `${shape.join(" x ")} voxels of ${spacingMm.map((step) => Number(step.toPrecision(6))).join(" x ")} mm, affine ${JSON.stringify(
    affine.slice(0, 3).map((row) => row.map((value) => Number(value.toPrecision(6)))),
  )}`
