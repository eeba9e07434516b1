import type { Draws } from "../../tensor/randomKey.ts"
import { fieldMm, type Grid } from "./grid.ts"
import { sweepCurve } from "./randomCurve.ts"

/** Change of signal at a place of the image, in dB. */
export type Change = (xMm: number, yMm: number) => number

/** A shadow that starts at a place and widens slowly downwards, with soft flanks. */
export interface Sector {
  readonly xMm: number
  readonly topMm: number
  readonly widthMm: number
  /** Sideways shift per depth. */
  readonly slant: number
  readonly lossDb: number
}

/** Zero outside the sector, -lossDb in its middle. */
export const sectorLossDb = (sector: Sector, xMm: number, yMm: number): number => {
  const depth = yMm - sector.topMm
  if (depth <= 0) return 0
  const half = sector.widthMm * (0.5 + 0.008 * depth)
  const off = Math.abs(xMm - sector.xMm - sector.slant * depth) / half
  // Falls from full to nothing between 0.7 and 1.3 of the half width; sets in over the first 2 mm.
  const flank = Math.min(1, Math.max(0, (1.3 - off) / 0.6))
  return -sector.lossDb * flank * flank * (3 - 2 * flank) * Math.min(1, depth / 2)
}

/** Poor contact or gas: up to three sectors from the transducer's face, drifting a little along the sweep. */
export const contactShadows = (draws: Draws): ((u: number) => Change) => {
  const sectors = Array.from({ length: draws.index(4) }, () => ({
    xMm: draws.between(0, fieldMm.x),
    topMm: draws.between(-2, 3),
    widthMm: draws.between(1.2, 5),
    slant: 0.05 * draws.normal(),
    lossDb: draws.between(4, 13),
    drift: sweepCurve(draws),
  }))
  return (u) => {
    const now = sectors.map((sector) => ({ ...sector, xMm: sector.xMm + 1.2 * sector.drift(u) }))
    return (xMm, yMm) => now.reduce((sum, sector) => sum + sectorLossDb(sector, xMm, yMm), 0)
  }
}

/** Adds a change to an image in dB; [rows * columns], in place. */
export const addChange = (db: Float32Array, grid: Grid, change: Change): void => {
  for (let row = 0, i = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++, i++)
      db[i]! += change((column + 0.5) * grid.dxMm, (row + 0.5) * grid.dyMm)
}
