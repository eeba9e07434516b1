import { ShapeError } from "../tensor/shape.ts"

/** A binary mask in two or three dimensions. */
export interface Mask {
  /** [rows, columns] or [slices, rows, columns] */
  readonly shape: readonly number[]
  /** 0 or 1, the last axis fastest */
  readonly data: Uint8Array
}

/** Distance in mm between neighbours along each axis of the shape, in its order; may differ from axis to axis. */
export type SpacingMm = readonly number[]

const pixelsOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

/** Throws ShapeError unless both masks have the same shape, of two or three axes, and as many pixels as it says. */
export const assertSameSize = (where: string, first: Mask, second: Mask): void => {
  const { shape } = first
  if (shape.length !== 2 && shape.length !== 3)
    throw new ShapeError(where, "[rows, columns] or [slices, rows, columns]", shape)
  if (second.shape.length !== shape.length || second.shape.some((size, axis) => size !== shape[axis]))
    throw new ShapeError(where, `[${shape.join(", ")}]`, second.shape)
  for (const { data } of [first, second])
    if (data.length !== pixelsOf(shape))
      throw new ShapeError(where, `[${pixelsOf(shape)}] pixels`, [data.length])
}

/** Throws ShapeError unless there is one spacing for each axis. */
export const assertSpacing = (where: string, { shape }: Mask, spacingMm: SpacingMm): void => {
  if (spacingMm.length !== shape.length)
    throw new ShapeError(`spacing of ${where}`, `[${shape.length}] values`, [spacingMm.length])
}
