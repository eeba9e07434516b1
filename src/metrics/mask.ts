import { ShapeError } from "../tensor/shape.ts"

/** A binary mask of one slice: rows x columns, row by row, 0 or 1. */
export interface Mask {
  readonly rows: number
  readonly columns: number
  readonly data: Uint8Array
}

/** Distance between neighbouring rows and between neighbouring columns, in mm. */
export type SpacingMm = readonly [row: number, column: number]

/** Throws ShapeError unless both masks have the same size and as many pixels as it says. */
export const assertSameSize = (where: string, first: Mask, second: Mask): void => {
  const { rows, columns } = first
  if (second.rows !== rows || second.columns !== columns)
    throw new ShapeError(where, `[${rows}, ${columns}]`, [second.rows, second.columns])
  for (const { data } of [first, second])
    if (data.length !== rows * columns)
      throw new ShapeError(where, `[${rows * columns}] pixels`, [data.length])
}
