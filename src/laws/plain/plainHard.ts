import type { LossCase } from "../lossCase.ts"

/** Whether pixel i is at most a square away from a pixel where the annotators disagree. */
export const plainHard = ({ shape: [, rows, columns], mask, second }: LossCase, kernel: number): number[] => {
  const before = Math.floor(kernel / 2)
  return mask.map((_, i) => {
    const column = i % columns
    const row = Math.floor(i / columns) % rows
    const image = Math.floor(i / (rows * columns))
    for (let r = row - before; r < row - before + kernel; r++) {
      for (let c = column - before; c < column - before + kernel; c++) {
        if (r < 0 || r >= rows || c < 0 || c >= columns) continue
        const j = (image * rows + r) * columns + c
        if (mask[j] !== second[j]) return 1
      }
    }
    return 0
  })
}
