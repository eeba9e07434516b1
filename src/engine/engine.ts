/** The tensor engine of this process, started once. */
export interface Engine {
  readonly name: "tensorflow" | "javascript"
  /** "TensorFlow 2.21.0" or "tfjs-backend-cpu 4.22.0". */
  readonly version: string
  /** Threads the kernels may use; part of the key of what was trained. */
  readonly threads: number
  /** Folder of the library, when there is one. */
  readonly library?: string
  /** Engines that were tried first and why each was passed over. */
  readonly passedOver: readonly { readonly name: string; readonly reason: string }[]
}

export const backends = ["auto", "tensorflow", "javascript"] as const
export type Backend = (typeof backends)[number]
