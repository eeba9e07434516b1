/** A binary mask of one slice: rows x columns, row by row, 0 or 1. */
export interface Mask {
  readonly rows: number
  readonly columns: number
  readonly data: Uint8Array
}
