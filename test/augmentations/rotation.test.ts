import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Sample } from "../../src/augmentations/augmentation.ts"
import { rotate, rotation } from "../../src/augmentations/rotation.ts"
import { anySample, augmented, centre, disc, drawsOf } from "./samples.ts"

/** A quarter turn clockwise of a square: the transpose with its columns reversed. */
const quarter = <A extends Float32Array | Uint8Array>(array: A, size: number): A =>
  array.map((_, i) => array[(size - 1 - (i % size)) * size + Math.floor(i / size)]!) as A

/** The definition, pixel by pixel: where each comes from, and the four neighbours there. */
const plainly = (degrees: number, { rows, columns, image, mask, second }: Sample): Sample => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const [middleRow, middleColumn] = [(rows - 1) / 2, (columns - 1) / 2]
  const turned = (source: Float32Array | Uint8Array): number[] => {
    const at = (row: number, column: number) =>
      row < 0 || row >= rows || column < 0 || column >= columns ? 0 : source[row * columns + column]!
    return Array.from(source, (_, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns]
      const sourceRow = middleRow + cos * (row - middleRow) - sin * (column - middleColumn)
      const sourceColumn = middleColumn + sin * (row - middleRow) + cos * (column - middleColumn)
      const [top, left] = [Math.floor(sourceRow), Math.floor(sourceColumn)]
      const [down, right] = [sourceRow - top, sourceColumn - left]
      const above = (1 - right) * at(top, left) + right * at(top, left + 1)
      const below = (1 - right) * at(top + 1, left) + right * at(top + 1, left + 1)
      return (1 - down) * above + down * below
    })
  }
  const bits = (source: Uint8Array) => Uint8Array.from(turned(source), (share) => (share >= 0.5 ? 1 : 0))
  return {
    rows,
    columns,
    image: Float32Array.from(turned(image)),
    mask: bits(mask),
    ...(second === undefined ? {} : { second: bits(second) }),
  }
}

const close = (found: Sample, image: Float32Array): void => {
  for (const [i, value] of image.entries()) expect(found.image[i]).toBeCloseTo(value, 6)
}

describe("rotation", () => {
  it("turns clockwise on the screen", () => {
    // 1 2      3 1
    // 3 4  ->  4 2
    const sample = {
      rows: 2,
      columns: 2,
      image: Float32Array.of(1, 2, 3, 4),
      mask: Uint8Array.of(1, 0, 0, 0),
    }
    const result = augmented(rotate(90), sample)
    close(result, Float32Array.of(3, 1, 4, 2))
    expect([...result.mask]).toEqual([0, 1, 0, 0])
    expect("second" in result).toBe(false)
  })

  it("fills what comes from outside with 0", () => {
    // At 45 degrees a corner of the 3 x 3 square comes from sqrt(2) beyond an edge's middle: outside.
    const sample = {
      rows: 3,
      columns: 3,
      image: new Float32Array(9).fill(1),
      mask: new Uint8Array(9).fill(1),
    }
    const result = augmented(rotate(45), sample)
    expect(result.image[4]).toBeCloseTo(1, 6)
    expect(result.image[0]).toBeCloseTo(2 - Math.SQRT2, 6) // 1.414 from the middle, weight 1 - 0.414
    expect(augmented(rotate(45), { ...sample, rows: 1, columns: 9 }).image[0]).toBe(0)
  })

  it("is the identity at 0 degrees", () => {
    fc.assert(
      fc.property(anySample(), (sample) => {
        expect(augmented(rotate(0), sample)).toEqual(sample)
        expect(augmented(rotation({ maxDegrees: 0, probability: 1 }), sample)).toEqual(sample)
      }),
    )
  })

  it("is transpose and flip at 90 degrees on a square", () => {
    fc.assert(
      fc.property(anySample({ square: true }), (sample) => {
        const result = augmented(rotate(90), sample)
        close(result, quarter(sample.image, sample.rows))
        expect(result.mask).toEqual(quarter(sample.mask, sample.rows))
        expect(result.second).toEqual(quarter(sample.second!, sample.rows))
      }),
    )
  })

  it("keeps masks binary and images within their range, and repeats itself with the same key", () => {
    fc.assert(
      fc.property(anySample(), fc.nat(), (sample, seed) => {
        const turn = rotation({ maxDegrees: 180, probability: 1 })
        const result = augmented(turn, sample, seed)
        expect(result).toEqual(augmented(turn, sample, seed))
        for (const bit of [...result.mask, ...result.second!]) expect(bit === 0 || bit === 1).toBe(true)
        for (const value of result.image) expect(value >= 0 && value <= 1).toBe(true)
      }),
    )
  })

  it("is the definition, bit for bit", () => {
    const degrees = fc.oneof(
      fc.integer({ min: -180_000, max: 180_000 }).map((thousandths) => thousandths / 1000),
      fc.constantFrom(0, 45, -45, 90, -90, 180),
    )
    fc.assert(
      fc.property(fc.oneof(anySample(), anySample({ second: false })), degrees, (sample, angle) => {
        expect(augmented(rotate(angle), sample)).toEqual(plainly(angle, sample))
      }),
    )
    const large = disc(64, 20, 33, 14.5)
    expect(augmented(rotate(14.2), large)).toEqual(plainly(14.2, large))
  })

  it("counts exactly half of a pixel as inside, along every side", () => {
    // Turned by 90 degrees, either of 1 x 2 pixels comes from between the columns, half a row outside.
    const pixels = { rows: 1, columns: 2, image: Float32Array.of(1, 3), mask: Uint8Array.of(1, 1) }
    const { image, mask } = augmented(rotate(90), pixels)
    expect([...image]).toEqual([1, 1])
    expect([...mask]).toEqual([1, 1])
  })

  it("turns by an angle between its bounds, half of the time unless told otherwise", () => {
    const sample = disc(9, 2, 4, 2)
    const turned: number[] = []
    for (let seed = 0; seed < 200; seed++) {
      const result = augmented(rotation({ maxDegrees: 30 }), sample, seed)
      if (result === sample) continue
      const draws = drawsOf(seed)
      draws.uniform() // decides that it is done
      const degrees = draws.between(-30, 30)
      expect(result).toEqual(augmented(rotate(degrees), sample))
      turned.push(degrees)
    }
    // 100 expected, with a deviation of 7.
    expect(Math.abs(turned.length - 100)).toBeLessThan(40)
    expect(Math.min(...turned)).toBeLessThan(-20)
    expect(Math.max(...turned)).toBeGreaterThan(20)
  })

  it("moves image and masks together", () => {
    fc.assert(
      fc.property(fc.integer({ min: -180, max: 180 }), (degrees) => {
        const result = augmented(rotate(degrees), disc(41, 12, 20, 5.3))
        const [imageRow, imageColumn] = centre(result.image, 41)
        const [maskRow, maskColumn] = centre(result.mask, 41)
        expect(Math.hypot(imageRow - maskRow, imageColumn - maskColumn)).toBeLessThan(0.4)
        expect(result.second).toEqual(result.mask)
        // The disc was 8 above the centre (20, 20); clockwise by the angle it is here.
        const radians = (degrees * Math.PI) / 180
        const expected = [20 - 8 * Math.cos(radians), 20 + 8 * Math.sin(radians)] as const
        expect(Math.hypot(maskRow - expected[0], maskColumn - expected[1])).toBeLessThan(0.4)
      }),
      { numRuns: 40 },
    )
  })
})
