/** A Python wheel as we pin it: one build for everybody, whatever Python is installed. */
export interface Wheel {
  readonly project: string
  readonly version: string
  readonly fileName: string
  readonly bytes: number
  readonly sha256: string
  /** What pip is asked for, so that it picks this file and no other. */
  readonly tags: { readonly python: string; readonly abi: string; readonly platform: string }
  /** The only two files that are taken out of it. */
  readonly members: readonly WheelMember[]
}

export interface WheelMember {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** The CPU build of TensorFlow: its two libraries hold the whole C API. Apache-2.0. */
export const tensorflowWheel: Wheel = {
  project: "tensorflow-cpu",
  version: "2.21.0",
  fileName: "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
  bytes: 273_829_956,
  sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
  tags: { python: "3.11", abi: "cp311", platform: "manylinux_2_27_x86_64" },
  members: [
    {
      path: "tensorflow/libtensorflow_framework.so.2",
      bytes: 65_222_328,
      sha256: "f060b323b26ef80add21b9df9428de3aeaf2843d772c5bb098745f7abff3709b",
    },
    {
      path: "tensorflow/libtensorflow_cc.so.2",
      bytes: 788_086_608,
      sha256: "6505a4b9657e62100c6bdacb683957a395cb047725042945aaa50e40a71e429e",
    },
  ],
}
