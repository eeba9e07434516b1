import type { Geometry } from "../../src/data/dataset/dataset.ts"

/** A volume whose axes are those of space, from the origin on. */
export const geometryOf = (
  shape: Geometry["shape"],
  spacingMm: Geometry["spacingMm"] = [1, 1, 1],
): Geometry => ({
  shape,
  spacingMm,
  affine: [
    [spacingMm[0], 0, 0, 0],
    [0, spacingMm[1], 0, 0],
    [0, 0, spacingMm[2], 0],
    [0, 0, 0, 1],
  ],
})
