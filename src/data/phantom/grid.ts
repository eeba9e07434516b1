/** The published scans: 1372 columns x 962 rows of 0.033586 mm. The phantom shows the same field at any size. */
export const fieldMm = { x: 46.08, y: 32.31 } as const

/** Pixels of one slice. Column c, row r has its centre at x = (c + 0.5) dx from the left and y = (r + 0.5) dy
 *  below the transducer, which lies along the top edge. */
export interface Grid {
  readonly rows: number
  readonly columns: number
  readonly dxMm: number
  readonly dyMm: number
}

export const gridOf = (rows: number, columns: number): Grid => ({
  rows,
  columns,
  dxMm: fieldMm.x / columns,
  dyMm: fieldMm.y / rows,
})
