import type { Mask, SpacingMm } from "../src/metrics/mask.ts"

/** Two masks as an expert and a network draw them, or two experts. */
export interface MaskPair {
  readonly name: string
  readonly spacingMm: SpacingMm
  readonly prediction: Mask
  readonly reference: Mask
}

/** A closed outline around the middle: [rows, columns], its radii as shares of the image, with waves on it.
 *  @param waves waves around the outline -> their height as a share of the radius */
const outline = (
  rows: number,
  columns: number,
  { down, across, move }: { down: number; across: number; move: number },
  waves: Readonly<Record<number, number>>,
): Uint8Array =>
  Uint8Array.from({ length: rows * columns }, (_, i) => {
    const y = (Math.floor(i / columns) - rows * (0.5 + move)) / (rows * down)
    const x = ((i % columns) - columns * (0.5 - move)) / (columns * across)
    const angle = Math.atan2(y, x)
    const edge = Object.entries(waves).reduce(
      (sum, [count, height]) => sum + height * Math.cos(Number(count) * angle + Number(count) ** 2),
      1,
    )
    return Math.hypot(x, y) < edge ? 1 : 0
  })

const gland = { 2: 0.06, 3: 0.04, 5: 0.02 }

/** A prostate in a slice of micro-ultrasound, 962 x 1372 pixels.
 *  @param error how far the prediction is off: 1 is a good network */
const slice = (name: string, error: number): MaskPair => {
  const shape = [962, 1372]
  const draw = (move: number, waves: Readonly<Record<number, number>>) => ({
    shape,
    data: outline(962, 1372, { down: 0.3, across: 0.28, move }, waves),
  })
  return {
    name,
    spacingMm: [0.033586, 0.033586],
    reference: draw(0, gland),
    prediction: draw(0.004 * error, { ...gland, 4: 0.012 * error, 7: 0.01 * error, 40: 0.004 * error }),
  }
}

/** A prostate in a volume of 64 slices of 128 x 128 voxels. */
const volume = (name: string, error: number, spacingMm: SpacingMm): MaskPair => {
  const shape = [64, 128, 128]
  const draw = (off: number): Mask => {
    const data = new Uint8Array(64 * 128 * 128)
    for (let z = 0; z < 64; z++) {
      const round = 1 - ((z - 32 - 1.5 * off) / (19 + off)) ** 2
      if (round <= 0) continue
      const size = { down: 0.24 * Math.sqrt(round), across: 0.28 * Math.sqrt(round), move: 0.008 * off }
      data.set(outline(128, 128, size, { ...gland, 4: 0.03 * off, 7: 0.02 * off }), z * 128 * 128)
    }
    return { shape, data }
  }
  return { name, spacingMm, reference: draw(0), prediction: draw(error) }
}

export const maskPairs = (): readonly MaskPair[] => [
  slice("slice 962x1372, close", 1),
  slice("slice 962x1372, far", 4),
  volume("volume 128x128x64, close", 1, [3, 0.625, 0.625]),
  volume("volume 128x128x64, far", 3, [3, 0.625, 0.625]),
  volume("volume 128x128x64, close, cubic voxels", 1, [1, 1, 1]),
]
