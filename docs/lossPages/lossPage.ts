import { stringify } from "yaml"
import type { Entry } from "../../src/config/catalog/entry.ts"
import { exampleOf } from "../../src/config/catalog/lossExamples.ts"
import type { LossEntry } from "../../src/config/catalog/losses/lossEntry.ts"
import { allClaims } from "../../src/config/catalog/lossSubject.ts"
import { optionsOf } from "../../src/config/language/referencePage.ts"
import type { Claim } from "../../src/laws/claim.ts"
import { gradient64 } from "../../src/laws/gradient64.ts"
import { float64, universalLaws } from "../../src/laws/universal.ts"
import { markdownTable } from "../computedPage.ts"
import { marked } from "../marked.ts"
import { otherWords } from "./otherWords.ts"

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n")

const said = ({ holds, when, because }: Claim): string =>
  [
    holds ? "holds" : "does not hold",
    ...(when === undefined ? [] : [` ${when.says}`]),
    ...(because === undefined ? [] : [`: ${because}`]),
  ].join("")

/** Laws of losses that are written a second time as plain loops in float64. */
export const plainLaws = [float64, gradient64]

/** Laws that the index page lists once. */
const listed = new Set([...universalLaws, ...plainLaws].map(({ name }) => name))

const lawsSection = (kind: string, entry: LossEntry): readonly string[] => {
  const all = allClaims(entry)
  const usual = ({ law, holds, when }: Claim) => listed.has(law.name) && holds && when === undefined
  const own = all.filter((claim) => !usual(claim))
  const agreeing = plainLaws.filter((law) => all.some((claim) => claim.law === law && usual(claim)))
  const also = agreeing.map(({ name }) => `\`${name}\``).join(" and ")
  const intro = `Besides the [laws of every loss](README.md#laws-of-every-loss)${also === "" ? "" : `, with ${also}`}. \`losslab verify ${kind === "module" ? "--module ./myLoss.ts" : kind}\` checks them all.`
  if (own.length === 0) return ["## Laws", intro]
  const laws = new Map(own.map(({ law }) => [law.name, law]))
  const rows = [...laws.values()].map(({ name, says }) => [
    `\`${name}\``,
    says,
    own
      .filter(({ law }) => law.name === name)
      .map(said)
      .join("; "),
  ])
  return ["## Laws", intro, markdownTable(["law", "what it says", "here"], rows)]
}

/** Options of what an option names by its kind, unless it is a loss. */
const nestedOptions = ({ options: { fields } }: Entry<unknown>): readonly string[] =>
  Object.entries(fields).flatMap(([key, field]) =>
    field.tag !== "sum" || key === "loss"
      ? []
      : Object.entries(field.members).flatMap(([kind, member]) => [
          `### ${key}: ${kind}`,
          member.doc,
          ...optionsOf(member),
        ]),
  )

/** Whether a catalogue's entry has what a page needs, beside options. */
const hasWords = (entry: Entry<unknown>): entry is LossEntry => "words" in entry

/** The page of one kind.
 *  @param figure whether figures/KIND.svg is drawn */
export const lossPage = (kind: string, entry: Entry<unknown>, figure: boolean): string => {
  const yaml = stringify({ loss: exampleOf(kind) }, { flowCollectionPadding: true }).trimEnd()
  const options = ["## Options", ...optionsOf(entry.options), ...nestedOptions(entry)]
  const picture = figure
    ? [
        `![Loss and gradient of ${kind} against the logit of one pixel](figures/${kind}.svg)`,
        "What is drawn: [the scene](README.md#figures).",
      ]
    : []
  const words = hasWords(entry) ? entry.words : otherWords[kind]
  const parts = [
    `# ${kind}`,
    entry.options.doc,
    ...(words === undefined ? [] : [`\`\`\`text\n${words.formula.join("\n")}\n\`\`\``]),
    `\`\`\`yaml\n${yaml}\n\`\`\``,
    ...picture,
    ...options,
    ...(words === undefined
      ? []
      : [
          "## When to use it",
          words.useWhen,
          "## Known problems",
          list(words.problems),
          ...(hasWords(entry)
            ? lawsSection(kind, entry)
            : [
                "## Laws",
                "`losslab verify` checks the loss of each scale, with the kernel that it has there. A test holds the whole to their weighted sum.",
              ]),
          "## Source",
          words.source,
        ]),
    "[All losses](README.md)",
  ]
  return marked(`${parts.join("\n\n")}\n`)
}
