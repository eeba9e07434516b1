import { fitOf, type Training } from "../data/dataset/fit.ts"
import type { Intensity } from "../data/dataset/intensity.ts"
import { imageSlices } from "../data/dataset/slices.ts"
import {
  fileVoxels,
  type SliceAxisChoice,
  sliceAxisOf,
  slicedGeometry,
  slicedVoxels,
} from "../data/dataset/slicing.ts"
import type { Volume } from "../data/files/volume.ts"
import type { Params } from "../tensor/tree.ts"
import type { ForwardPass } from "./forwardPass.ts"
import { nativeMask, nativeProbabilities } from "./native.ts"
import { probabilitiesOf } from "./probabilities.ts"

/** A trained network on the engine, and how images reach it. */
export interface UsableNetwork {
  readonly forward: ForwardPass
  readonly params: Params
  readonly state: Params
  readonly training: Training
  readonly intensity: Intensity
  readonly axis: SliceAxisChoice
  readonly batchSize: number
}

/** What a network makes of one image; in the order and at the resolution of its file. */
export interface VolumePrediction {
  /** 0 or 1 */
  readonly mask: Uint8Array
  /** In [0, 1]; null when they were not asked for. */
  readonly probabilities: Float32Array | null
}

/** Predicts a volume exactly as evaluation predicts a test case. Throws Failure("numerics") when the network's output
 *  is not finite, Failure("interrupted") once the signal is aborted. */
export const predictVolume = async (
  network: UsableNetwork,
  { geometry: file, voxels }: Volume,
  options: { readonly threshold: number; readonly probabilities: boolean; readonly signal: AbortSignal },
): Promise<VolumePrediction> => {
  const { training, intensity, batchSize } = network
  const axis = sliceAxisOf(file, network.axis)
  const geometry = slicedGeometry(file, axis)
  const fit = fitOf(training, geometry)
  const image = voxels instanceof Float32Array ? voxels : Float32Array.from(voxels)
  const images = await imageSlices(intensity(slicedVoxels(image, file.shape, axis)), geometry, fit)
  const { signal } = options
  const small = await probabilitiesOf(network, images, training, { batchSize, signal })
  return {
    mask: fileVoxels(nativeMask(small, fit, geometry, options.threshold), geometry.shape, axis),
    probabilities: options.probabilities
      ? fileVoxels(nativeProbabilities(small, fit, geometry), geometry.shape, axis)
      : null,
  }
}
