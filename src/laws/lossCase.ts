/** What a loss of one scale takes, as plain numbers in row-major order [B, H, W]. */
export interface LossCase {
  readonly shape: readonly [batch: number, rows: number, columns: number]
  readonly logits: readonly number[]
  /** In {0, 1}, or anywhere between for a loss that takes soft masks. */
  readonly mask: readonly number[]
  /** In {0, 1}. */
  readonly second: readonly number[]
  /** Share of the training done, in [0, 1]; 0 when absent. */
  readonly progress?: number
}

/** The maps of a case, each [B, H, W]. */
const maps = ["logits", "mask", "second"] as const

/** A case whose three maps are all changed alike. */
export const mapMaps = (
  of: LossCase,
  change: (map: readonly number[]) => readonly number[],
  shape: LossCase["shape"] = of.shape,
): LossCase => ({ ...of, shape, ...Object.fromEntries(maps.map((name) => [name, change(of[name])])) })

/** One image of one row. */
export const row = (
  logits: readonly number[],
  mask: readonly number[],
  second: readonly number[] = mask,
): LossCase => ({ shape: [1, 1, logits.length], logits, mask, second })

/** Each image on its own. */
export const images = (of: LossCase): LossCase[] => {
  const [batch, rows, columns] = of.shape
  const size = rows * columns
  return Array.from({ length: batch }, (_, i) =>
    mapMaps(of, (map) => map.slice(i * size, (i + 1) * size), [1, rows, columns]),
  )
}

/** Prediction and both annotations with foreground and background exchanged. */
export const complement = (of: LossCase): LossCase => ({
  ...of,
  logits: of.logits.map((z) => -z),
  mask: of.mask.map((y) => 1 - y),
  second: of.second.map((n) => 1 - n),
})
