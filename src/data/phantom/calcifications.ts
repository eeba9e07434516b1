import type { Draws } from "../../tensor/randomKey.ts"
import { type Contour, radiusAt } from "./capsule.ts"
import type { Grid } from "./grid.ts"
import { angleCount } from "./randomCurve.ts"
import { addChange, type Sector, sectorLossDb } from "./shadow.ts"

/** Up to three stones inside one patient's prostate, each seen on a few slices: a bright spot that shades what
 *  lies below. Adds them to an image in dB, in place. */
export const calcifications = (
  draws: Draws,
): ((db: Float32Array, grid: Grid, plane: { readonly u: number; readonly contour: Contour }) => void) => {
  const stones = Array.from({ length: draws.index(4) }, () => ({
    u: draws.uniform(),
    reach: draws.between(0.05, 0.15),
    index: draws.between(0, angleCount),
    share: draws.between(0.1, 0.8),
    radiusMm: draws.between(0.3, 0.9),
    brightDb: draws.between(6, 12),
    lossDb: draws.between(4, 10),
  }))
  return (db, grid, { u, contour }) => {
    for (const stone of stones) {
      if (Math.abs(u - stone.u) > stone.reach) continue
      const angle = (2 * Math.PI * stone.index) / angleCount
      const fromCentre = stone.share * radiusAt(contour.radiiMm, stone.index)
      const x = contour.centreMm.x + fromCentre * Math.cos(angle)
      const y = contour.centreMm.y + fromCentre * Math.sin(angle)
      const shade: Sector = {
        xMm: x,
        topMm: y,
        widthMm: 1.6 * stone.radiusMm,
        slant: 0,
        lossDb: stone.lossDb,
      }
      addChange(db, grid, (xMm, yMm) => {
        const square = ((xMm - x) ** 2 + (2 * (yMm - y)) ** 2) / stone.radiusMm ** 2
        return sectorLossDb(shade, xMm, yMm) + (square < 9 ? stone.brightDb * Math.exp(-square) : 0)
      })
    }
  }
}
