/** Round numbers from one at or below low to one at or above high, about `count` of them, with as many decimals
 *  as tell them apart. Equal or no bounds are spread around their value first. */
export interface Axis {
  readonly low: number
  readonly high: number
  readonly ticks: readonly { readonly value: number; readonly label: string }[]
}

/** Below this, doubles run out of digits. */
const smallest = 1e-100

const steps = [1, 2, 5, 10]

/** The axis over all finite values. */
export const axisOf = (values: readonly number[], count = 5): Axis => {
  const finite = values.filter(Number.isFinite)
  const least = finite.length === 0 ? 0 : finite.reduce((a, b) => Math.min(a, b))
  const most = finite.length === 0 ? 1 : finite.reduce((a, b) => Math.max(a, b))
  const size = Math.max(Math.abs(least), Math.abs(most))
  const spread = most - least > 1e-9 * size + smallest ? 0 : size > smallest ? 0.05 * size : 0.5
  const rough = (most - least + 2 * spread) / count
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = (steps.find((s) => s * magnitude >= rough * 0.999) ?? 10) * magnitude
  const first = Math.floor((least - spread) / step + 1e-9)
  const last = Math.ceil((most + spread) / step - 1e-9)
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const label = (value: number) =>
    Math.abs(value) >= 1e6 || decimals > 6 ? value.toExponential(1) : value.toFixed(decimals)
  return {
    low: first * step,
    high: last * step,
    ticks: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step).map((value) => ({
      value,
      label: label(value).replace("-", "−"),
    })),
  }
}

/** Straight-line mapping of an axis onto the pixels between two positions. */
export const positionOn =
  ({ low, high }: Axis, from: number, to: number) =>
  (value: number): number =>
    from + ((value - low) / (high - low)) * (to - from)
