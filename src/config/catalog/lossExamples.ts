/** How a kind of loss is written: as little as YAML asks for. */
export interface LossExample {
  readonly kind: string
  readonly [option: string]: unknown
}

/** Those of kinds that cannot do without options; a kind that is not here needs none. What is made of losses is shown
 *  with losses that need nothing, so that the index of the documentation sees what it needs by itself. */
const examples: Readonly<Record<string, Omit<LossExample, "kind">>> = {
  module: { path: "./myLoss.ts" },
  sum: { terms: [{ kind: "bce" }, { kind: "softDice" }] },
  weighted: { loss: { kind: "softDice" }, weight: 0.5 },
  scheduled: { loss: { kind: "softDice" }, weight: { kind: "linear", from: 0, to: 1 } },
  perImage: { loss: { kind: "jaccard", over: "batch" } },
  uncertaintySum: { terms: [{ kind: "bce" }, { kind: "softDice" }] },
  labelSmoothing: { loss: { kind: "bce" } },
  softTargets: { loss: { kind: "bce" } },
  deepSupervised: { loss: { kind: "agBce" } },
}

/** What the page of a kind writes, its figure draws and the self-test runs. */
export const exampleOf = (kind: string): LossExample => ({ kind, ...examples[kind] })
