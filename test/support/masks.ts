import fc from "fast-check"
import type { Mask, SpacingMm } from "../../src/metrics/mask.ts"

/** A mask drawn as text: "#" is 1, anything else 0. */
export const draw = (...lines: readonly string[]): Mask => ({
  shape: [lines.length, lines[0]!.length],
  data: Uint8Array.from([...lines.join("")], (character) => (character === "#" ? 1 : 0)),
})

/** A volume of such drawings, slice after slice. */
export const drawSlices = (...slices: readonly (readonly string[])[]): Mask => ({
  shape: [slices.length, slices[0]!.length, slices[0]![0]!.length],
  data: draw(slices.flat().join("")).data,
})

/** Where the pixel at this place in memory lies, axis by axis. */
export const indexOf = (shape: readonly number[], place: number): readonly number[] =>
  shape.reduceRight<{ rest: number; index: readonly number[] }>(
    ({ rest, index }, size) => ({ rest: Math.floor(rest / size), index: [rest % size, ...index] }),
    { rest: place, index: [] },
  ).index

/** A mask by rule. */
export const maskOf = (shape: readonly number[], rule: (...index: readonly number[]) => boolean): Mask => ({
  shape,
  data: Uint8Array.from({ length: shape.reduce((product, size) => product * size) }, (_, place) =>
    rule(...indexOf(shape, place)) ? 1 : 0,
  ),
})

/** Whether the pixel is inside; outside the image nothing is. */
export const isInside = ({ shape, data }: Mask, index: readonly number[]): boolean =>
  index.every((at, axis) => at >= 0 && at < shape[axis]!) &&
  data[index.reduce((place, at, axis) => place * shape[axis]! + at, 0)] === 1

/** A mask packed by NumPy's packbits and written as hexadecimal. */
export const unpack = (shape: readonly number[], hex: string): Mask => {
  const bytes = Buffer.from(hex, "hex")
  const pixels = shape.reduce((product, size) => product * size)
  return {
    shape,
    data: Uint8Array.from({ length: pixels }, (_, i) => (bytes[i >> 3]! >> (7 - (i & 7))) & 1),
  }
}

/** Mirrored along an axis. */
export const flipped = (mask: Mask, axis: number): Mask =>
  maskOf(mask.shape, (...index) => isInside(mask, index.with(axis, mask.shape[axis]! - 1 - index[axis]!)))

/** With its axes in another order: axis k is the mask's axis order[k]. */
export const turned = (mask: Mask, order: readonly number[]): Mask =>
  maskOf(
    order.map((axis) => mask.shape[axis]!),
    (...index) =>
      isInside(
        mask,
        mask.shape.map((_, axis) => index[order.indexOf(axis)]!),
      ),
  )

/** With so many empty pixels before and after it along each axis. */
export const padded = (mask: Mask, before: readonly number[], after: readonly number[]): Mask =>
  maskOf(
    mask.shape.map((size, axis) => before[axis]! + size + after[axis]!),
    (...index) =>
      isInside(
        mask,
        index.map((at, axis) => at - before[axis]!),
      ),
  )

const maskOfShape = (shape: readonly number[]): fc.Arbitrary<Mask> => {
  const pixels = shape.reduce((product, size) => product * size)
  return fc
    .oneof(
      // From sparse to dense, then full and empty.
      ...[1, 3, 7].map((ones) =>
        fc.array(
          fc.integer({ min: 0, max: 7 }).map((n) => (n < ones ? 1 : 0)),
          { minLength: pixels, maxLength: pixels },
        ),
      ),
      fc.constantFrom(0, 1).map((value) => new Array<number>(pixels).fill(value)),
    )
    .map((data) => ({ shape, data: Uint8Array.from(data) }))
}

const size = (max: number) => fc.integer({ min: 1, max })

/** Two dimensions of up to 9 pixels, or three of up to 5. */
const anyShape: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.tuple(size(9), size(9)),
  fc.tuple(size(5), size(5), size(5)),
)

/** From 0.03 to 2 mm, not the same along every axis. */
const spacingOf = (shape: readonly number[]): fc.Arbitrary<SpacingMm> =>
  fc.array(
    fc.integer({ min: 3, max: 200 }).map((hundredths) => hundredths / 100),
    { minLength: shape.length, maxLength: shape.length },
  )

/** A mask of two or three dimensions, maybe empty or full, and a spacing. */
export const anyMask: fc.Arbitrary<{ readonly mask: Mask; readonly spacingMm: SpacingMm }> = anyShape.chain(
  (shape) => fc.record({ mask: maskOfShape(shape), spacingMm: spacingOf(shape) }),
)

/** Two masks of one shape, either maybe empty or full, and a spacing. */
export interface Pair {
  readonly a: Mask
  readonly b: Mask
  readonly spacingMm: SpacingMm
}

export const anyPair: fc.Arbitrary<Pair> = anyShape.chain((shape) =>
  fc.record({ a: maskOfShape(shape), b: maskOfShape(shape), spacingMm: spacingOf(shape) }),
)

/** Two masks that both have foreground. */
export const filledPair: fc.Arbitrary<Pair> = anyPair.filter(
  ({ a, b }) => a.data.includes(1) && b.data.includes(1),
)
