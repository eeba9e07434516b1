import fc from "fast-check"
import { rootKey } from "../tensor/randomKey.ts"
import { differs } from "./differs.ts"
import { type Law, law } from "./law.ts"
import { complement, type LossCase, mapMaps } from "./lossCase.ts"
import { logit, lossCase, lossCaseFor } from "./lossCases.ts"
import type { Options } from "./subject.ts"

/** @param change of the options that goes with the exchange, such as alpha to 1 - alpha; `says` has it in words */
export const complementWith = (name: string, says: string, change: (options: never) => object): Law =>
  law<{ of: LossCase }>({
    name,
    says: `The loss stays the same when foreground and background are exchanged${says}.`,
    given: (subject) => ({ of: lossCaseFor(subject) }),
    check: (loss, { of }) => {
      const changed = change(loss.options as never) as Options
      return differs(loss.value(of), loss.valueWith(changed, complement(of)), "as it is", "exchanged")
    },
  })

export const complementary = complementWith("complementary", "", () => ({}))

/** @param change of the options that goes with the exchange; `says` has it in words */
export const swapWith = (name: string, says: string, change: (options: never) => object): Law =>
  law<{ of: LossCase }>({
    name,
    says: `The loss stays the same when a certain prediction and the mask are exchanged${says}.`,
    given: () => ({ of: lossCaseFor({ softMask: false }) }),
    check: (loss, { of }) => {
      const certain = (map: readonly number[]) => map.map((y) => (y === 1 ? 1e3 : -1e3))
      const predicted = { ...of, logits: certain(of.second) }
      const swapped = { ...of, logits: certain(of.mask), mask: of.second }
      const changed = change(loss.options as never) as Options
      return differs(loss.value(predicted), loss.valueWith(changed, swapped), "as it is", "exchanged")
    },
  })

export const swappable = swapWith("swappable", "", () => ({}))

/** The images of a case in another order of pixels, the same for all. */
const reordered = (of: LossCase, order: readonly number[], shape: LossCase["shape"]): LossCase => {
  const size = of.shape[1] * of.shape[2]
  return mapMaps(of, (map) => map.map((_, i) => map[Math.floor(i / size) * size + order[i % size]!]!), shape)
}

export const pixelOrder = law<{ of: LossCase; orderSeed: number }>({
  name: "pixelOrder",
  says: "Where a pixel is does not matter: the pixels of the images may change places.",
  given: (subject) => ({ of: lossCaseFor(subject), orderSeed: fc.nat(999) }),
  check: (loss, { of, orderSeed }) => {
    const places = Array.from({ length: of.shape[1] * of.shape[2] }, (_, i) => i)
    const order = rootKey(orderSeed).draws().shuffle(places)
    return differs(loss.value(of), loss.value(reordered(of, order, of.shape)), "as it is", "reordered")
  },
})

/** Where pixel (row, column) of the changed image comes from. */
const moves: Readonly<
  Record<string, (row: number, column: number, rows: number, columns: number) => number>
> = {
  "upside down": (row, column, rows, columns) => (rows - 1 - row) * columns + column,
  "left to right": (row, column, _rows, columns) => row * columns + (columns - 1 - column),
}

export const mirrored = law<{ of: LossCase; turned: string }>({
  name: "mirrored",
  says: "The loss stays the same when prediction and truth are flipped together.",
  given: (subject) => ({ of: lossCaseFor(subject), turned: fc.constantFrom(...Object.keys(moves)) }),
  check: (loss, { of, turned }) => {
    const [, rows, columns] = of.shape
    const order = Array.from({ length: rows * columns }, (_, i) =>
      moves[turned]!(Math.floor(i / columns), i % columns, rows, columns),
    )
    return differs(loss.value(of), loss.value(reordered(of, order, of.shape)), "as it is", turned)
  },
})

/** Certain background around the content of a case. */
const margin = 5

const placed = (of: LossCase, down: number, right: number): LossCase => {
  const [batch, rows, columns] = of.shape
  const [height, width] = [rows + 2 * margin, columns + 2 * margin]
  const onCanvas = (map: readonly number[], around: number): number[] =>
    Array.from({ length: batch * height * width }, (_, i) => {
      const row = (Math.floor(i / width) % height) - margin - down
      const column = (i % width) - margin - right
      if (row < 0 || row >= rows || column < 0 || column >= columns) return around
      return map[(Math.floor(i / (height * width)) * rows + row) * columns + column]!
    })
  return {
    ...of,
    shape: [batch, height, width],
    logits: onCanvas(of.logits, -50),
    mask: onCanvas(of.mask, 0),
    second: onCanvas(of.second, 0),
  }
}

export const translated = law<{ of: LossCase; down: number; right: number }>({
  name: "translated",
  says: "Where in a wide and certain background the object lies does not matter.",
  given: () => ({
    of: lossCase(logit, { maxSide: 3 }),
    down: fc.integer({ min: -1, max: 1 }),
    right: fc.integer({ min: -1, max: 1 }),
  }),
  check: (loss, { of, down, right }) =>
    differs(loss.value(placed(of, 0, 0)), loss.value(placed(of, down, right)), "in the middle", "moved"),
})
