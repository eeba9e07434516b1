import type { Entry } from "../../src/config/catalog/entry.ts"
import type { LossEntry } from "../../src/config/catalog/losses/lossEntry.ts"
import { allClaims } from "../../src/config/catalog/lossSubject.ts"
import { nonNegative } from "../../src/laws/bounds.ts"
import { universalLaws } from "../../src/laws/universal.ts"
import type { Needs } from "../../src/losses/loss.ts"
import { markdownTable } from "../computedPage.ts"
import { marked } from "../marked.ts"
import { sceneWords } from "./lossFigure.ts"
import { plainLaws } from "./lossPage.ts"

/** A kind of the index: what it is, and what it needs with the options of its example; null when there is none. */
export interface IndexedLoss {
  readonly kind: string
  readonly entry: Entry<unknown>
  readonly needs: Needs | null
}

/** Whether an option of a loss names another loss. */
const isMadeOfLosses = ({ options: { fields } }: Entry<unknown>): boolean =>
  "loss" in fields || "terms" in fields

const needsOf = ({ entry, needs }: IndexedLoss): string =>
  [
    ...(needs?.second === true ? ["second annotator"] : []),
    ...(needs?.distance === true ? ["distance map"] : []),
    ...(isMadeOfLosses(entry) ? ["what its losses need"] : []),
    ...(needs === null && !isMadeOfLosses(entry) ? ["what it says"] : []),
  ].join(", ")

const softOf = ({ softMask }: LossEntry): string =>
  typeof softMask === "boolean" ? (softMask ? "yes" : "no") : "as its losses"

const negativeOf = (entry: LossEntry): string => {
  const claim = allClaims(entry).find(({ law, holds }) => law === nonNegative && holds)
  if (claim === undefined) return entry.claims.length === 0 ? "not known" : "yes"
  if (claim.when === undefined) return "no"
  return isMadeOfLosses(entry) ? "as its losses" : `yes, but not ${claim.when.says}`
}

const row = (loss: IndexedLoss): readonly string[] => {
  const { kind, entry } = loss
  const own = "words" in entry ? (entry as LossEntry) : null
  return [
    `[\`${kind}\`](${kind}.md)`,
    entry.options.doc,
    needsOf(loss),
    own === null ? "as its losses" : softOf(own),
    own === null ? "as its losses" : negativeOf(own),
  ]
}

const table = (losses: readonly IndexedLoss[]): string =>
  markdownTable(["kind", "what it is", "needs", "soft masks", "can be negative"], losses.map(row))

/** The page that lists all losses. */
export const lossIndex = (losses: readonly IndexedLoss[]): string =>
  marked(
    `${[
      "# Losses",
      "`train.loss`: what training minimises. Each is written as `kind: <name>` and its options. Where presets are listed, `preset: <name>` sets these defaults; options beside it win. How they are computed, and what of the paper is in them: [losses explained](../../explanation/losses.md). A loss of your own: [add a loss](../../how-to/add-a-loss.md).",
      table(losses.filter(({ entry }) => !isMadeOfLosses(entry))),
      "Made of other losses, which may be made of others in turn; how: [combine losses](../../how-to/combine-losses.md).",
      table(losses.filter(({ entry }) => isMadeOfLosses(entry))),
      "Every loss needs the expert's mask. The *second annotator* is another person's masks of the same images; a *distance map* is made from the mask ahead of the step. *Soft masks* lie anywhere between 0 and 1 (smoothed labels, two annotators); a loss that takes none is refused for them. One that can be negative cannot be a term of a sum whose weights are learned.",
      'In the formulas z is a logit, p = sigmoid(z), y the mask, n the second annotator\'s, and p_t the probability of the true class, p where y = 1 and 1 - p where y = 0. "mean" is over all pixels of the batch unless it says otherwise.',
      "## Laws of every loss",
      "Checked on random masks and logits by `losslab verify`, for your own losses too. What else a loss claims, its page lists.",
      markdownTable(
        ["law", "what it says"],
        [...universalLaws, ...plainLaws].map(({ name, says }) => [`\`${name}\``, says]),
      ),
      `${plainLaws.map(({ name }) => `\`${name}\``).join(" and ")} are for the losses of losslab that are written a second time as plain loops: not for those made of others, nor for yours.`,
      "## Figures",
      sceneWords,
    ].join("\n\n")}\n`,
  )
