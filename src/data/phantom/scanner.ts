import type { Key } from "../../tensor/randomKey.ts"
import { calcifications } from "./calcifications.ts"
import type { Grid } from "./grid.ts"
import type { Ring } from "./randomCurve.ts"
import { addChange, contactShadows } from "./shadow.ts"
import { specklePower } from "./speckle.ts"
import { type Prostate, tissue } from "./tissue.ts"

/** A decibel is this much in the natural logarithm of power. */
const powerPerDb = Math.LN10 / 10

/** Largest value of a scan, as in the published volumes. */
export const whitest = 254

/** One patient's scanner: renders a slice at the place u of the sweep as the log-compressed envelope of the
 *  echoes, whole numbers 0..254; [rows * columns]. Signal power is tissue x shadows x attenuation x speckle;
 *  a noise floor that speckles too drowns it at depth; 55 dB fill the grey scale; the gain differs by patient. */
export const scanner = (
  key: Key,
  grid: Grid,
  neck: Ring,
): ((slice: number, u: number, prostate: Prostate | undefined) => Uint8Array) => {
  const draws = key.child("settings").draws()
  const scattering = tissue(key.child("tissue"), grid, neck)
  const shadows = contactShadows(key.child("shadows").draws())
  const addStones = calcifications(key.child("stones").draws())
  const gainDb = 31 + 3 * draws.normal()
  const lossDbPerMm = draws.between(0.15, 0.5)
  const focusMm = draws.between(10, 18)
  const floorPower = 10 ** draws.between(-2.4, -1.7)
  const rangeDb = 55
  const beam = (yMm: number) => -lossDbPerMm * (yMm - focusMm) + 3 * Math.exp(-(((yMm - focusMm) / 5) ** 2))

  return (slice, u, prostate) => {
    const db = scattering(u, prostate)
    if (prostate !== undefined) addStones(db, grid, { u, contour: prostate.contour })
    const shadow = shadows(u)
    addChange(db, grid, (x, y) => shadow(x, y) + beam(y))
    const speckle = specklePower(key.child("speckle", slice), grid)
    const image = new Uint8Array(db.length)
    for (let i = 0; i < image.length; i++) {
      const power = (Math.exp(db[i]! * powerPerDb) + floorPower) * speckle[i]!
      const grey = (Math.log(power + 1e-9) / powerPerDb + gainDb) / rangeDb
      image[i] = Math.round(whitest * Math.min(1, Math.max(0, grey)))
    }
    return image
  }
}
