import { signedDistance } from "../src/metrics/signedDistance.ts"
import { rootKey } from "../src/tensor/randomKey.ts"

/** Shape of the batch: what MicroSegNet trains with. */
export const batchShape = [8, 224, 224, 1] as const

/** A batch as a loss sees it in training, float32 of batchShape each. */
export interface LossBatch {
  readonly logits: Float32Array
  readonly mask: Float32Array
  readonly second: Float32Array
  readonly distance: Float32Array
}

/** Ellipses that two annotators draw a little differently, and the logits of a network that is half trained: rising
 *  across an outline of its own, with noise. */
export const lossBatch = (): LossBatch => {
  const [batch, rows, columns] = batchShape
  const draws = rootKey(1).draws()
  const [logits, mask, second] = [0, 1, 2].map(() => new Float32Array(batch * rows * columns)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  for (let image = 0; image < batch; image++) {
    const ellipse = (off: number) => ({
      row: rows / 2 + draws.between(-off, off),
      column: columns / 2 + draws.between(-off, off),
      down: 55 + draws.between(-off, off),
      across: 75 + draws.between(-off, off),
    })
    const [expert, student, network] = [ellipse(8), ellipse(8), ellipse(8)]
    const inward = (
      { row, column, down, across }: ReturnType<typeof ellipse>,
      r: number,
      c: number,
    ): number => (1 - Math.hypot((r - row) / down, (c - column) / across)) * 65
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        const i = (image * rows + r) * columns + c
        mask[i] = inward(expert, r, c) > 0 ? 1 : 0
        second[i] = inward(student, r, c) > 0 ? 1 : 0
        logits[i] = 0.2 * inward(network, r, c) + draws.normal()
      }
  }
  return { logits, mask, second, distance: distanceMaps(mask) }
}

/** The signed distance map of each mask. */
export const distanceMaps = (masks: Float32Array): Float32Array => {
  const [batch, rows, columns] = batchShape
  const maps = new Float32Array(masks.length)
  for (let image = 0; image < batch; image++) {
    const own = masks.subarray(image * rows * columns, (image + 1) * rows * columns)
    maps.set(signedDistance({ shape: [rows, columns], data: Uint8Array.from(own) }), image * rows * columns)
  }
  return maps
}
