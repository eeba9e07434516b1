import { deflateSync } from "node:zlib"
import { chunk, ihdr, png } from "./pngFile.ts"

/** In which of Adam7's passes a pixel is, by its row and column within 8 x 8: the figure of the standard, section 8.2. */
const adam7 = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"]

export interface Picture {
  readonly columns: number
  readonly rows: number
  readonly depth: 1 | 2 | 4 | 8 | 16
  readonly colour: 0 | 2 | 3 | 4 | 6
  readonly interlaced: boolean
  /** [rows * columns], of the depth; of a palette, its entries. */
  readonly values: readonly number[]
  /** By line of the file, again and again. */
  readonly filters: readonly number[]
  /** Parts between the header and the pixels. */
  readonly parts?: readonly Uint8Array[]
}

/** The samples of a pixel: grey, or grey as a colour, opaque where there is an opacity. */
const samplesOf = (value: number, { colour, depth }: Picture): readonly number[] => {
  const opaque = 2 ** depth - 1
  return {
    0: [value],
    2: [value, value, value],
    3: [value],
    4: [value, opaque],
    6: [value, value, value, opaque],
  }[colour]
}

const lineOf = (samples: readonly number[], depth: number): number[] => {
  const bits = samples.map((sample) => sample.toString(2).padStart(depth, "0")).join("")
  const bytes = Math.ceil(bits.length / 8)
  return Array.from({ length: bytes }, (_, i) =>
    Number.parseInt(bits.slice(8 * i, 8 * i + 8).padEnd(8, "0"), 2),
  )
}

/** The standard's words, section 9.4: of left, above and corner the nearest to left + above - corner, in this order. */
const paeth = (a: number, b: number, c: number): number => {
  const p = a + b - c
  const distances = [a, b, c].map((each) => Math.abs(p - each))
  return [a, b, c][distances.indexOf(Math.min(...distances))]!
}

const filtered = (
  line: readonly number[],
  above: readonly number[],
  filter: number,
  step: number,
): number[] =>
  line.map((byte, i) => {
    const [a, b, c] = [line[i - step] ?? 0, above[i] ?? 0, i < step ? 0 : (above[i - step] ?? 0)]
    const predicted = [0, a, b, Math.floor((a + b) / 2), paeth(a, b, c)][filter]!
    return (byte - predicted + 256) % 256
  })

/** A PNG file, its compressed pixels in two parts. */
export const encoded = (picture: Picture): Uint8Array => {
  const { columns, rows, depth, colour, interlaced, values, filters } = picture
  const step = Math.max(1, (depth * samplesOf(0, picture).length) / 8)
  const bytes: number[] = []
  let count = 0
  for (const pass of interlaced ? "1234567" : "0") {
    let above: readonly number[] = []
    for (let row = 0; row < rows; row++) {
      const inPass = (column: number) => !interlaced || adam7[row % 8]![column % 8] === pass
      const samples = Array.from({ length: columns }, (_, column) => column)
        .filter(inPass)
        .flatMap((column) => samplesOf(values[row * columns + column]!, picture))
      if (samples.length === 0) continue
      const line = lineOf(samples, depth)
      const filter = filters[count++ % filters.length]!
      bytes.push(filter, ...filtered(line, above, filter, step))
      above = line
    }
  }
  const packed = deflateSync(Uint8Array.from(bytes))
  const half = packed.length >> 1
  return png(
    ihdr(columns, rows, depth, colour, [0, 0, +interlaced]),
    ...(picture.parts ?? []),
    chunk("IDAT", packed.subarray(0, half)),
    chunk("IDAT", packed.subarray(half)),
  )
}
