/** A loss of the catalogue and the same loss by another program. */
export interface LossPair {
  /** As `losslab loss` takes it; defaults fill in the rest. */
  readonly loss: { readonly kind: string; readonly [option: string]: unknown }
  /** Its name in bench/peer/losses.py, and what is given to it. */
  readonly peer: string
  readonly options?: Readonly<Record<string, unknown>>
  /** The library that has it; "PyTorch, written out" where none does and the formula is in bench/peer/losses.py. */
  readonly by: string
  /** Set where the two draw different random numbers, so that values agree only nearly. */
  readonly random?: true
  /** What a reader must know to judge the ratio. */
  readonly remark?: string
}

const writtenOut = "PyTorch, written out"

/** One line for each loss that is timed; kinds without a line are not. */
export const lossPairs: readonly LossPair[] = [
  { loss: { kind: "bce" }, peer: "bce", by: "PyTorch" },
  {
    loss: { kind: "weightedBce", foregroundWeight: 3 },
    peer: "weightedBce",
    options: { foregroundWeight: 3 },
    by: "PyTorch",
  },
  {
    loss: { kind: "boundaryWeightedBce", borderWeight: 10, sigmaPixels: 5 },
    peer: "boundaryWeightedBce",
    options: { borderWeight: 10, sigmaPixels: 5 },
    by: writtenOut,
    remark: "the distance map is given to both",
  },
  {
    loss: { kind: "focal", alpha: 0.25, gamma: 2 },
    peer: "torchvisionFocal",
    options: { alpha: 0.25, gamma: 2 },
    by: "torchvision",
  },
  { loss: { kind: "focal", alpha: "off", gamma: 2 }, peer: "focal", options: { gamma: 2 }, by: "MONAI" },
  {
    loss: { kind: "aleatoric", sigma: 1, samples: 10 },
    peer: "aleatoric",
    options: { sigma: 1, samples: 10 },
    by: writtenOut,
    random: true,
    remark: "each draws its own noise, in its own time",
  },
  {
    loss: { kind: "pyTorchFocal" },
    peer: "pyTorchFocal",
    options: { alpha: 0.25, gamma: 2, input: "logits" },
    by: writtenOut,
  },
  {
    loss: { kind: "pyTorchFocal", preset: "as-trained" },
    peer: "pyTorchFocal",
    options: { alpha: 0.25, gamma: 2, input: "probabilities-as-logits" },
    by: writtenOut,
  },
  {
    loss: { kind: "agBce", kernel: 4 },
    peer: "agBce",
    options: { kernel: 4, hardWeight: 4 },
    by: writtenOut,
  },
  {
    loss: { kind: "adaptiveFocal", preset: "seed-code", kernel: 4 },
    peer: "adaptiveFocal",
    options: { kernel: 4 },
    by: writtenOut,
  },
]
