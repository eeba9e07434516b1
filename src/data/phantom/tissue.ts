import type { Key } from "../../tensor/randomKey.ts"
import { type Contour, radiusAt } from "./capsule.ts"
import type { Grid } from "./grid.ts"
import { smoothField } from "./noise.ts"
import { angleCount, type Ring, ringCurve, ringOf } from "./randomCurve.ts"
import type { PolarGrid } from "./rasterise.ts"

/** The prostate on one slice, and the pixel grid as seen from its centre. */
export interface Prostate {
  readonly contour: Contour
  readonly polar: PolarGrid
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** How strongly tissue scatters, in dB about a common mean; [rows * columns].
 *
 *  Outside: layers of the rectal wall under the transducer, then fibrous tissue, streaked along the image.
 *  Inside: darker by a few dB, which differs between patients and along the outline, with round nodules and a
 *  dark urethra across the middle. Both share large blobs about half as strong as the contrast between them.
 *  A bright line, the capsule, follows the outline in parts. At the neck there is no line, and inside turns
 *  into outside over several millimetres instead of a fraction of one.
 *  @returns the tissue at the place u of the sweep; without `prostate` where the plane misses it */
export const tissue = (
  key: Key,
  grid: Grid,
  neck: Ring,
): ((u: number, prostate: Prostate | undefined) => Float32Array) => {
  const blobs = smoothField(key.child("blobs"), grid, { xMm: 7, yMm: 4.5, sweep: 0.3 })
  const streaks = smoothField(key.child("streaks"), grid, { xMm: 4, yMm: 0.7, sweep: 0.15 })
  const nodules = smoothField(key.child("nodules"), grid, { xMm: 1.9, yMm: 1.7, sweep: 0.15 })
  const draws = key.child("patient").draws()
  const contrastDb = draws.between(5.5, 9)
  const blobDb = draws.between(1.7, 2.8)
  const visibility = ringCurve(draws, { from: 1, to: 6, wander: 0.3 })
  const lineDb = draws.between(4, 9)
  const lineParts = ringCurve(draws, { from: 1, to: 9, wander: 0.4 })
  const wall = { thicknessMm: draws.between(2.2, 4.2), layersDb: draws.between(2, 6) }
  const urethra = { darkDb: draws.between(1, 4), at: draws.between(-0.25, 0.25), halfWidth: 0.13 }

  const wallDb = (yMm: number): number => {
    const depth = yMm / wall.thicknessMm
    return depth < 1.3 ? wall.layersDb * Math.cos(3 * Math.PI * depth) * (1 - depth / 1.3) : 0
  }

  /** What the outline looks like, by angle. */
  const outlineAt = (u: number) => {
    const seen = visibility(u).map((value) => sigmoid(2 * value))
    const line = lineParts(u).map((value) => sigmoid(3 * value))
    return {
      blurMm: ringOf((i) => 0.15 + 0.5 * (1 - seen[i]!) + 3.2 * neck[i]!),
      contrastDb: ringOf((i) => contrastDb * (0.55 + 0.45 * seen[i]!) * (1 - 0.5 * neck[i]!)),
      lineDb: ringOf((i) => lineDb * line[i]! * (1 - neck[i]!)),
    }
  }

  return (u, prostate) => {
    const [blob, streak, nodule] = [blobs(u), streaks(u), nodules(u)]
    const db = new Float32Array(blob.length)
    const outline = outlineAt(u)
    for (let row = 0, i = 0; row < grid.rows; row++) {
      const yMm = (row + 0.5) * grid.dyMm
      const layersDb = wallDb(yMm)
      for (let column = 0; column < grid.columns; column++, i++) {
        const outside = 2.6 * streak[i]! + layersDb
        db[i] = blobDb * blob[i]! + outside
        if (prostate === undefined) continue
        const { polar, contour } = prostate
        const radius = radiusAt(contour.radiiMm, polar.index[i]!)
        const depth = radius - polar.distanceMm[i]!
        const angle = Math.round(polar.index[i]!) & (angleCount - 1)
        const blurMm = outline.blurMm[angle]!
        if (depth < -6 * blurMm) continue
        const across = ((yMm - contour.centreMm.y) / radius - urethra.at) / urethra.halfWidth
        const tube = urethra.darkDb * Math.exp(-across * across) * sigmoid((depth - 2) / 0.5)
        const inside = 2.4 * nodule[i]! - outline.contrastDb[angle]! - tube
        const line = outline.lineDb[angle]! * Math.exp(-((depth / 0.35) ** 2))
        db[i]! += sigmoid(depth / blurMm) * (inside - outside) + line
      }
    }
    return db
  }
}
