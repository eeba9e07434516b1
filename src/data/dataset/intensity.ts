import { quantile } from "../../statistics/quantile.ts"

/** Voxel intensities to the network's input; a new array of the same length. Pure. */
export type Intensity = (voxels: Float32Array) => Float32Array

export interface ScaleOptions {
  /** The intensity that becomes 0, and everything below it. */
  readonly low: number
  /** The intensity that becomes 1, and everything above it. */
  readonly high: number
}

/** (x - low) / (high - low), clamped to [0, 1]. MicroSegNet divides by 254 and clamps nothing, which wraps
 *  around in integer volumes; [0, 254] reproduces it wherever it does not. */
export const scale =
  ({ low, high }: ScaleOptions): Intensity =>
  (voxels) =>
    voxels.map((x) => Math.min(1, Math.max(0, (x - low) / (high - low))))

/** (x - mean) / standard deviation, both of the volume, so that it has mean 0 and standard deviation 1; the
 *  deviation divides by the number of voxels, as numpy's std does. A constant volume becomes 0 everywhere. */
export const zscore = (): Intensity => (voxels) => {
  const mean = meanOf(voxels, (x) => x)
  const deviation = Math.sqrt(meanOf(voxels, (x) => (x - mean) ** 2))
  return voxels.map((x) => (deviation === 0 ? 0 : (x - mean) / deviation))
}

const meanOf = (voxels: Float32Array, of: (x: number) => number): number => {
  let sum = 0
  for (let i = 0; i < voxels.length; i++) sum += of(voxels[i]!)
  return sum / voxels.length
}

export interface PercentileOptions {
  /** Percent of the volume's voxels that lie below what becomes 0. */
  readonly low: number
  /** Percent that lie below what becomes 1. */
  readonly high: number
}

/** From the low to the high percentile of the volume to [0, 1], clamped. Percentiles lie between two voxels in
 *  proportion, as numpy's do. Where both are the same intensity, what is above it becomes 1, the rest 0. */
export const percentile =
  ({ low, high }: PercentileOptions): Intensity =>
  (voxels) => {
    const from = quantile(voxels, low / 100) ?? 0
    const to = quantile(voxels, high / 100) ?? 0
    return from < to ? scale({ low: from, high: to })(voxels) : voxels.map((x) => (x > from ? 1 : 0))
  }

export interface WindowOptions {
  /** The intensity in the middle, which becomes 0.5: in CT, Hounsfield units. */
  readonly level: number
  /** From what becomes 0 to what becomes 1. */
  readonly width: number
}

/** From level - width / 2 to level + width / 2 to [0, 1], clamped, as the windows of CT viewers. */
export const window = ({ level, width }: WindowOptions): Intensity =>
  scale({ low: level - width / 2, high: level + width / 2 })
