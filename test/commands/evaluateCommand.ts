import type { EvaluateCommand } from "../../src/commands/evaluate/evaluateOptions.ts"

/** What the command line gives when these words alone are on it: files p and r, or folders. */
export const evaluateCommand = (words: Partial<EvaluateCommand> = {}): EvaluateCommand => ({
  predictions: "p",
  reference: "r",
  per: "volume",
  hd95: "pooled",
  empty: "skip",
  agreement: "geometry",
  json: false,
  ...words,
})
