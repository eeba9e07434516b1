import type { Draws } from "../../tensor/randomKey.ts"
import { fieldMm } from "./grid.ts"
import { angleCount, angleOf, type Ring, ringCurve, ringOf, sweepCurve } from "./randomCurve.ts"

/** The prostate's outline on one slice: radii about a centre, so every ray from the centre meets it once. */
export interface Contour {
  /** From the left and from the transducer. */
  readonly centreMm: { readonly x: number; readonly y: number }
  readonly radiiMm: Ring
}

/** One patient's prostate over the sweep. */
export interface Capsule {
  /** Outline at the place u in [0, 1] of the sweep; undefined where the plane misses the prostate. */
  contourAt(u: number): Contour | undefined
  /** 1 in the middle of the bladder neck, where the outline cannot be seen, falling smoothly to 0 around it. */
  readonly neck: Ring
}

const ellipseRadius = (a: number, b: number, angle: number): number =>
  (a * b) / Math.hypot(b * Math.cos(angle), a * Math.sin(angle))

/** A bump of height 1 about `centre` that is half as high at `halfWidth` (radians). */
const bump = (centre: number, halfWidth: number): Ring => {
  const half = (angle: number) => Math.cos(angle) - 1
  return ringOf((i) => Math.exp((-Math.LN2 * half(angleOf(i) - centre)) / half(halfWidth)))
}

/** An egg lying across the image: an ellipse of about 33 x 21 mm, pointed towards the apex (right), bent by
 *  harmonics 3 to 6. Place, size, tilt and shape differ between patients (by far the larger part) and drift
 *  smoothly along the sweep; towards both ends of the sweep the outline shrinks to under half, then vanishes,
 *  which leaves about a tenth of the slices without prostate. */
export const capsule = (draws: Draws): Capsule => {
  const place = {
    x: fieldMm.x * 0.5 + 2.9 * draws.normal(),
    y: fieldMm.y * 0.52 + 1.9 * draws.normal(),
  }
  const size = Math.exp(0.12 * draws.normal())
  const halfLength = 17 * size * Math.exp(0.08 * draws.normal())
  const halfDepth = 11 * size * Math.exp(0.09 * draws.normal())
  const tilt = 0.16 * draws.normal()
  const egg = draws.between(0.02, 0.1)
  const bends = ringCurve(draws, { from: 3, to: 6, wander: 0.25 })
  const drift = {
    x: sweepCurve(draws),
    y: sweepCurve(draws),
    tilt: sweepCurve(draws),
    size: sweepCurve(draws),
  }
  const middle = 0.5 + 0.04 * draws.normal()
  const reach = draws.between(0.39, 0.51)
  // Base and bladder lie to the left; the neck is on the deep side of the base.
  const neckAngle = Math.PI * draws.between(0.68, 0.98)
  const neck = bump(neckAngle, draws.between(0.5, 0.75))

  return {
    neck,
    contourAt: (u) => {
      const along = (u - middle) / reach
      if (Math.abs(along) >= 1) return undefined
      const shrink = (0.42 + 0.58 * Math.sqrt(1 - along * along)) * Math.exp(0.05 * drift.size(u))
      const turn = tilt + 0.05 * drift.tilt(u)
      const bend = bends(u)
      return {
        centreMm: { x: place.x + 1.1 * drift.x(u), y: place.y + 0.7 * drift.y(u) },
        radiiMm: ringOf((i) => {
          const angle = angleOf(i) - turn
          const pointed = 1 + egg * Math.cos(3 * angle)
          return shrink * ellipseRadius(halfLength, halfDepth, angle) * pointed * Math.exp(0.04 * bend[i]!)
        }),
      }
    },
  }
}

/** Radius at a fractional index in [0, angleCount), linear between neighbouring angles. */
export const radiusAt = (ring: Ring, index: number): number => {
  const low = Math.floor(index)
  const share = index - low
  return ring[low & (angleCount - 1)]! * (1 - share) + ring[(low + 1) & (angleCount - 1)]! * share
}
