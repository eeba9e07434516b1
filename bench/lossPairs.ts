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
