import type { Draws } from "../../tensor/randomKey.ts"

/** Angles at which closed curves are sampled, evenly over the full turn; a power of two. */
export const angleCount = 512

/** A value for each of `angleCount` angles; angle i is 2 pi i / angleCount, counted from +x towards +y (down). */
export type Ring = Float64Array

const cosine = Float64Array.from({ length: angleCount }, (_, i) => Math.cos((2 * Math.PI * i) / angleCount))

/** cos(k theta - quarter turns * pi / 2), with theta the angle of index i. */
const wave = (k: number, i: number, quarterTurns = 0): number =>
  cosine[(k * i - (quarterTurns * angleCount) / 4) & (angleCount - 1)]!

/** The angle of index i, in radians. */
export const angleOf = (i: number): number => (2 * Math.PI * i) / angleCount

export const ringOf = (value: (index: number) => number): Ring =>
  Float64Array.from({ length: angleCount }, (_, i) => value(i))

/** A smooth random function of the place in the sweep, u in [0, 1]: three cosines with falling amplitudes.
 *  Mean 0 and standard deviation 1 over draws and places. */
export const sweepCurve = (draws: Draws): ((u: number) => number) => {
  const [a, b, c] = [draws.normal(), draws.normal() / 2, draws.normal() / 3]
  const norm = Math.sqrt(2 / (1 + 1 / 4 + 1 / 9))
  return (u) =>
    norm * (a * Math.cos(Math.PI * u) + b * Math.cos(2 * Math.PI * u) + c * Math.cos(3 * Math.PI * u))
}

/** A smooth random closed function of the angle that also changes smoothly along the sweep: the harmonics
 *  `from`..`to`, each with amplitude 1 / k (1 for k = 0), normalised to standard deviation 1.
 *  @param wander share of the variance that changes along the sweep, in [0, 1]; the rest is fixed */
export const ringCurve = (
  draws: Draws,
  { from, to, wander }: { readonly from: number; readonly to: number; readonly wander: number },
): ((u: number) => Ring) => {
  const harmonics = Array.from({ length: to - from + 1 }, (_, n) => {
    const k = from + n
    const coefficient = () => {
      const fixed = Math.sqrt(1 - wander) * draws.normal()
      const moving = sweepCurve(draws)
      return (u: number) => (fixed + Math.sqrt(wander) * moving(u)) / Math.max(k, 1)
    }
    return { k, even: coefficient(), odd: coefficient() }
  })
  // cos^2 + sin^2 = 1, so each harmonic adds its squared amplitude whatever the angle; sin(0) adds nothing.
  const norm = 1 / Math.sqrt(harmonics.reduce((sum, { k }) => sum + 1 / Math.max(k, 1) ** 2, 0))
  return (u) => {
    const now = harmonics.map(({ k, even, odd }) => ({ k, a: norm * even(u), b: norm * odd(u) }))
    return ringOf((i) => now.reduce((sum, { k, a, b }) => sum + a * wave(k, i) + b * wave(k, i, 1), 0))
  }
}
