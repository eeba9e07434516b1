/** A U-Net of depth 4 with batch norm, and what it is given. */
export interface UnetCase {
  readonly name: string
  readonly baseWidth: number
  /** Rows, and columns. */
  readonly size: number
  readonly batch: number
  /** Whether the loss is the sum over all four heads, or of the full-resolution one alone. */
  readonly deepSupervision?: boolean
}

/** What step and forward pass are timed with. */
export const unetCases: readonly UnetCase[] = [
  // as experiments/adaptive.yaml
  { name: "shipped", baseWidth: 8, size: 128, batch: 8, deepSupervision: true },
  { name: "base16", baseWidth: 16, size: 128, batch: 4 },
  { name: "base32", baseWidth: 32, size: 128, batch: 4 },
  { name: "large", baseWidth: 32, size: 224, batch: 8 }, // the size and the batch of MicroSegNet
]

export const titleOf = ({ baseWidth, size, batch, deepSupervision = false }: UnetCase): string =>
  `base ${baseWidth}, ${size} x ${size}, batch ${batch}${deepSupervision ? ", all heads" : ""}`
