import type { Geometry } from "../dataset/dataset.ts"
import { spacingAffine } from "../nifti/orientation.ts"
import type { PngHeader } from "./pngHeader.ts"

/** Where a PNG image lies: one slice.
 *  @param spacingMm between rows and between columns; 1 unless given, since PNG has no place for it */
export const pngGeometry = (
  { columns, rows }: PngHeader,
  [rowMm, columnMm]: readonly [row: number, column: number] = [1, 1],
): Geometry => {
  const spacingMm = [columnMm, rowMm, 1] as const
  return { shape: [columns, rows, 1], spacingMm, affine: spacingAffine(spacingMm) }
}
