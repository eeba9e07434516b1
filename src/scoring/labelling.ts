import { Failure, type Problem } from "../failure/failure.ts"

/** A mask as it was read. */
export interface ReadMask {
  /** 0 or 1, in the order of the file. */
  readonly data: Uint8Array
  /** The values that count as inside and that the file holds, in the order in which they were met. */
  readonly inside: readonly number[]
}

/** Makes a mask of voxels that come in blocks, so that the voxels themselves need not be kept. */
export interface Labelling {
  look(block: ArrayLike<number>): void
  /** Throws Failure("data") when the voxels are no mask. */
  mask(): ReadMask
}

/** Scaling and 32 bits may leave a whole number this far from itself, of its size. */
const rounding = 1e-6

const maxShown = 8

/** @param voxels how many there will be
 *  @param labels the values inside; null when the mask may hold 0 and one other value, which is inside
 *  @param file for messages */
export const labelling = (voxels: number, labels: readonly number[] | null, file: string): Labelling => {
  const data = new Uint8Array(voxels)
  const counts = new Map<number, number>()
  let at = 0
  let fractions = 0
  let fraction = 0
  // Neighbours are mostly alike: what was decided for the last value holds for a run of them.
  let value = Number.NaN
  let bit = 0
  let run = 0
  const isInside = (whole: number) => (labels === null ? whole !== 0 : labels.includes(whole))
  const count = () => {
    // A file may hold any number of values: no more are kept than messages and labels need.
    if (run > 0 && (counts.has(value) || counts.size < maxShown || labels?.includes(value)))
      counts.set(value, (counts.get(value) ?? 0) + run)
    run = 0
  }
  return {
    look: (block) => {
      for (let i = 0; i < block.length; i++, at++) {
        const exact = block[i]!
        if (exact !== value) {
          const whole = Math.round(exact)
          if (Math.abs(exact - whole) > rounding * Math.max(1, Math.abs(whole))) {
            if (fractions === 0) fraction = exact
            fractions++
            continue
          }
          if (whole !== value) {
            count()
            value = whole
            bit = isInside(whole) ? 1 : 0
          }
        }
        data[at] = bit
        run++
      }
    },
    mask: () => {
      count()
      if (fractions > 0) throw new Failure("data", [fractional(file, fractions, fraction)])
      const inside = [...counts.keys()].filter(isInside)
      if (labels === null && inside.length > 1) throw new Failure("data", [severalValues(file, counts)])
      return { data, inside }
    },
  }
}

const voxelsOf = (count: number): string => `${count} ${count === 1 ? "voxel" : "voxels"}`

const fractional = (file: string, count: number, first: number): Problem => ({
  message: "the mask holds fractions",
  file,
  expected: "whole numbers: 0 and 1, or labels",
  found: `${voxelsOf(count)}, the first ${Number(first.toPrecision(6))}`,
  fix: "make a mask of the probabilities first, for instance with nibabel: nibabel.Nifti1Image((array >= 0.5).astype('uint8'), image.affine)",
})

const severalValues = (file: string, counts: ReadonlyMap<number, number>): Problem => {
  const values = [...counts.keys()].sort((a, b) => a - b)
  const shown = values.map((value) => `${value} (${voxelsOf(counts.get(value)!)})`)
  return {
    message: "the mask holds more than 0 and one other value",
    file,
    expected: "0 outside and one value inside, or --labels",
    found: [...shown, ...(values.length === maxShown ? ["..."] : [])].join(", "),
    fix: `say which values are inside: --labels ${values.find((value) => value !== 0)}, or several, separated by commas`,
  }
}
