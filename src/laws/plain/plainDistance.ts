import type { LossCase } from "../lossCase.ts"

/** Signed distance to the border of each image, found by looking at all pixels of the other side: to the nearest one
 *  outside the foreground, 1 minus it inside, 0 in an image that has one side only. */
export const plainDistanceOf = (foreground: readonly boolean[], shape: LossCase["shape"]): number[] => {
  const [, rows, columns] = shape
  return foreground.map((inside, i) => {
    const image = Math.floor(i / (rows * columns))
    let nearest = Number.POSITIVE_INFINITY
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const j = (image * rows + row) * columns + column
        if (foreground[j] === inside) continue
        const down = row - (Math.floor(i / columns) % rows)
        nearest = Math.min(nearest, Math.hypot(down, column - (i % columns)))
      }
    }
    if (nearest === Number.POSITIVE_INFINITY) return 0
    return inside ? 1 - nearest : nearest
  })
}

/** Signed distance to the border of each image's mask, a soft one cut at 1/2. */
export const plainDistance = ({ mask, shape }: LossCase): number[] =>
  plainDistanceOf(
    mask.map((y) => y >= 0.5),
    shape,
  )
