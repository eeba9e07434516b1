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
