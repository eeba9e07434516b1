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

const smooth = 1e-5
const passes = "12 passes over the batch; PyTorch takes 8, half of them in place"
const given = "distance maps given to both"
const few = "few operations on pixels, as many on 8 numbers"

/** One line for each loss that is timed; kinds without a line are not. */
export const lossPairs: readonly LossPair[] = [
  { loss: { kind: "bce" }, peer: "bce", by: "PyTorch", remark: passes },
  {
    loss: { kind: "weightedBce", foregroundWeight: 3 },
    peer: "weightedBce",
    options: { foregroundWeight: 3 },
    by: "PyTorch",
    remark: "as bce, and exact for both classes at any logit",
  },
  {
    loss: { kind: "boundaryWeightedBce", borderWeight: 10, sigmaPixels: 5 },
    peer: "boundaryWeightedBce",
    options: { borderWeight: 10, sigmaPixels: 5 },
    by: writtenOut,
    remark: given,
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
    remark: "draws 10 noisy copies",
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
  { loss: { kind: "agBce" }, peer: "agBce", options: { kernel: 4, hardWeight: 4 }, by: writtenOut },
  {
    loss: { kind: "adaptiveFocal", preset: "seed-code" },
    peer: "adaptiveFocal",
    options: { kernel: 4 },
    by: writtenOut,
    remark: "the gamma, the hard region and the clips are passes of their own",
  },
  {
    loss: { kind: "softDice", smooth },
    peer: "softDice",
    options: { smooth, squared: false },
    by: "MONAI",
    remark: few,
  },
  { loss: { kind: "jaccard", smooth }, peer: "jaccard", options: { smooth }, by: "MONAI", remark: few },
  {
    loss: { kind: "tversky", falsePositive: 0.3, falseNegative: 0.7, smooth },
    peer: "tversky",
    options: { falsePositive: 0.3, falseNegative: 0.7, smooth },
    by: "MONAI",
    remark: few,
  },
  {
    loss: { kind: "focalTversky", falsePositive: 0.3, falseNegative: 0.7, exponent: 0.75, smooth },
    peer: "focalTversky",
    options: { falsePositive: 0.3, falseNegative: 0.7, exponent: 0.75, smooth },
    by: writtenOut,
  },
  {
    loss: { kind: "focalDice", beta: 2, smooth },
    peer: "focalDice",
    options: { beta: 2, smooth },
    by: writtenOut,
    remark: few,
  },
  {
    loss: { kind: "unifiedFocal", symmetry: "asymmetric", delta: 0.6, gamma: 0.5, weight: 0.5, smooth },
    peer: "unifiedFocal",
    options: { symmetry: "asymmetric", delta: 0.6, gamma: 0.5, weight: 0.5, smooth },
    by: writtenOut,
  },
  {
    loss: { kind: "unifiedFocal", symmetry: "symmetric", delta: 0.6, gamma: 0.5, weight: 0.5, smooth },
    peer: "unifiedFocal",
    options: { symmetry: "symmetric", delta: 0.6, gamma: 0.5, weight: 0.5, smooth },
    by: writtenOut,
  },
  {
    loss: { kind: "diceCe", smooth },
    peer: "diceCe",
    options: { smooth },
    by: "MONAI",
    remark: "the sum of softDice and bce",
  },
  {
    loss: { kind: "diceFocal", alpha: "off", gamma: 2, smooth },
    peer: "diceFocal",
    options: { gamma: 2, smooth },
    by: "MONAI",
  },
  {
    loss: { kind: "lovaszHinge" },
    peer: "lovaszHinge",
    by: writtenOut,
    remark: "sorts 50,176 numbers per image",
  },
  {
    loss: { kind: "boundary" },
    peer: "boundary",
    by: writtenOut,
    remark: given,
  },
  {
    loss: { kind: "hausdorffDt" },
    peer: "hausdorffDt",
    options: { exponent: 2 },
    by: "MONAI",
    remark: "the mask's distance map given to losslab; MONAI computes it in the step",
  },
]
