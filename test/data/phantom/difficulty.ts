import type { PhantomPatient } from "../../../src/data/phantom/phantomPatient.ts"

/** How hard a phantom is, without training anything: what people reach, and what a method reaches that has
 *  learned only where prostates usually lie, or only how bright they are. */

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Slices of a volume with prostate, as [start, end) in voxels. */
const withProstate = ({ slices, expert }: PhantomPatient): (readonly [number, number])[] => {
  const size = expert.length / slices
  return Array.from({ length: slices }, (_, slice) => [slice * size, (slice + 1) * size] as const).filter(
    ([start, end]) => expert.subarray(start, end).includes(1),
  )
}

export const dice = (a: Uint8Array, b: Uint8Array): number => {
  let [both, either] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    both += a[i]! & b[i]!
    either += a[i]! + b[i]!
  }
  return (2 * both) / either
}

/** Mean over slices with prostate, then over patients. */
const meanOverPatients = (
  patients: readonly PhantomPatient[],
  score: (patient: PhantomPatient, start: number, end: number) => number,
): number =>
  mean(
    patients.map((patient) => mean(withProstate(patient).map(([start, end]) => score(patient, start, end)))),
  )

/** Mean Dice of one annotator against the expert. */
export const annotatorDice = (patients: readonly PhantomPatient[], name: string): number =>
  meanOverPatients(patients, ({ expert, drawn }, start, end) =>
    dice(drawn[name]!.subarray(start, end), expert.subarray(start, end)),
  )

/** Mean Dice, over the test patients, of the mean of all training masks with prostate, cut at 0.5. */
export const meanMaskDice = (train: readonly PhantomPatient[], test: readonly PhantomPatient[]): number => {
  const slices = train.flatMap((patient) =>
    withProstate(patient).map(([start, end]) => patient.expert.subarray(start, end)),
  )
  const sum = new Float64Array(slices[0]!.length)
  for (const slice of slices) for (let i = 0; i < sum.length; i++) sum[i]! += slice[i]!
  const guess = Uint8Array.from(sum, (value) => (value > slices.length / 2 ? 1 : 0))
  return meanOverPatients(test, ({ expert }, start, end) => dice(guess, expert.subarray(start, end)))
}

/** Mean filter over a square of 2 x radius + 1 pixels, applied twice, per slice. */
const blur = (image: Uint8Array, columns: number, radius: number): Uint8Array => {
  const rows = image.length / columns
  let now = Float64Array.from(image)
  const pass = (step: number, lines: number, length: number, lineStep: number) => {
    const next = new Float64Array(now.length)
    for (let line = 0; line < lines; line++)
      for (let at = 0; at < length; at++) {
        const [from, to] = [Math.max(0, at - radius), Math.min(length - 1, at + radius)]
        let sum = 0
        for (let k = from; k <= to; k++) sum += now[line * lineStep + k * step]!
        next[line * lineStep + at * step] = sum / (to - from + 1)
      }
    now = next
  }
  for (let n = 0; n < 2; n++) {
    pass(1, rows, columns, columns)
    pass(columns, columns, rows, 1)
  }
  return Uint8Array.from(now, Math.round)
}

/** The best mean Dice that any single threshold on the brightness reaches on these very patients, whichever
 *  side is called prostate, after a blur of that radius in pixels (0 for none). */
export const thresholdDice = (
  patients: readonly PhantomPatient[],
  columns: number,
  blurRadius: number,
): number => {
  const levels = 256
  const totals = { below: new Float64Array(levels), above: new Float64Array(levels) }
  for (const patient of patients) {
    const chosen = withProstate(patient)
    for (const [start, end] of chosen) {
      const raw = patient.image.subarray(start, end)
      const image = blurRadius === 0 ? raw : blur(raw, columns, blurRadius)
      const mask = patient.expert.subarray(start, end)
      const all = new Float64Array(levels)
      const inside = new Float64Array(levels)
      image.forEach((value, i) => {
        all[value]!++
        inside[value]! += mask[i]!
      })
      const foreground = inside.reduce((sum, value) => sum + value)
      const weight = 1 / (chosen.length * patients.length)
      let [below, hits] = [0, 0]
      for (let level = 0; level < levels; level++) {
        below += all[level]!
        hits += inside[level]!
        totals.below[level]! += (weight * 2 * hits) / (below + foreground)
        totals.above[level]! += (weight * 2 * (foreground - hits)) / (image.length - below + foreground)
      }
    }
  }
  return Math.max(...totals.below, ...totals.above)
}

/** Share of pixels that are prostate, on slices that show any, and share of slices that show none. */
export const shares = (patients: readonly PhantomPatient[]) => {
  const shown = patients.flatMap((patient) =>
    withProstate(patient).map(([start, end]) => mean([...patient.expert.subarray(start, end)])),
  )
  const slices = patients.reduce((sum, patient) => sum + patient.slices, 0)
  return { foreground: mean(shown), empty: 1 - shown.length / slices }
}
