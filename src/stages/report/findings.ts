import type { ReportInput } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import { gradientNormOf } from "./curve.ts"
import { type Finding, open, shown } from "./finding.ts"
import { type Method, stateOf } from "./methods.ts"
import { methodFindings, referenceFindings } from "./metricFindings.ts"
import { counted, fixed, listed, perRun, significant } from "./number.ts"
import { testedMetrics } from "./testedMetrics.ts"

const aboutCells = ({ cells }: ReportInput): Finding[] => {
  const missing = cells.filter(({ outcome }) => outcome.tag !== "done")
  if (missing.length === 0) return []
  const named = listed(missing.map((cell) => `“${cell.label}” ${stateOf(cell)}`))
  return [
    open(
      missing.length === cells.length
        ? `No cell finished, so there is nothing to compare: ${named}.`
        : `${missing.length} of ${counted(cells.length, "cell")} did not finish and count in no mean: ${named}.`,
    ),
  ]
}

/** A baseline that nothing could be compared with: the loader refuses unknown ones, but its runs may have failed. */
const aboutBaseline = (given: string | null, { methods, baseline }: Analysis): Finding[] => {
  if (given === null || baseline !== null) return []
  const known = methods.some(({ name }) => name === given)
  return [
    open(
      `The baseline “${given}” ${known ? "has no finished run" : "is none of the methods"}: every pair was compared instead.`,
    ),
  ]
}

const aboutRuns = (methods: readonly Method[]): Finding[] => {
  const finished = methods.filter(({ runs }) => runs.length > 0)
  if (finished.length === 0) return []
  if (finished.every(({ runs }) => runs.length === 1))
    return [
      open(
        "Each method was run once: nothing here says how far another seed would move the numbers, and a small difference may be one of seeds, not of losses.",
      ),
    ]
  const ranges = finished.map(({ name, runs }) => {
    const dice = runs.flatMap(({ outcome }) => outcome.scores.summary.dice.mean ?? [])
    const range =
      dice.length === 0
        ? "undefined"
        : [...new Set([Math.min(...dice), Math.max(...dice)])].map((value) => fixed(value, 3)).join(" to ")
    return `“${name}” ${range} (${counted(dice.length, "run")})`
  })
  return [
    open(
      `Runs of a method are averaged per patient before testing, so the tests speak about patients, not about seeds. Mean Dice of single runs: ${listed(ranges)}.`,
    ),
  ]
}

const aboutScale = (methods: readonly Method[]): Finding[] => {
  const norms = methods
    .map((method) => ({ name: method.name, norm: gradientNormOf(method) ?? 0 }))
    .filter(({ norm }) => norm > 0 && Number.isFinite(norm))
    .toSorted((a, b) => a.norm - b.norm)
  const [least, most] = [norms[0], norms.at(-1)]
  if (least === undefined || most === undefined || most.norm < 2 * least.norm) return []
  return [
    open(
      `At step 0 the gradient of “${most.name}” (norm ${significant(most.norm)}) is ${(most.norm / least.norm).toPrecision(2)} times that of “${least.name}” (${significant(least.norm)}). One learning rate confounds losses of different scale: a difference may come from the size of the steps, not from the loss.`,
    ),
  ]
}

/** A method that found nothing has no values, and so would slip out of every comparison unnoticed. */
const aboutNothingFound = ({ columns }: Analysis): Finding[] =>
  columns
    .filter(({ missed, summary }) => missed && summary.dice.n === 0) // null without a run
    .map(({ name, missed }) =>
      shown(
        `“${name}” found nothing on any of the ${perRun(missed)} test slices that show something: it has no score, and so is in no comparison.`,
      ),
    )

/** "3", or "1 to 7" */
const range = (counts: readonly (number | null)[]): string => {
  const known = counts.filter((count) => count !== null)
  return [...new Set([Math.min(...known), Math.max(...known)])].map(perRun).join(" to ")
}

/** Values that were computed in different ways stand in one table. */
const aboutConventions = ({ conventions, tolerancesMm }: Analysis): Finding[] => [
  ...(conventions.length > 1
    ? [
        open(
          `HD95 was computed by different conventions (${listed(conventions)}): these values do not compare.`,
        ),
      ]
    : []),
  ...(tolerancesMm.length > 1
    ? [
        open(
          `NSD was computed at different tolerances (${listed(tolerancesMm.map((mm) => `${mm} mm`))}): these values do not compare.`,
        ),
      ]
    : []),
]

const aboutEmptyMasks = ({ columns, policies }: Analysis): Finding[] => {
  const scored = columns.filter(({ runs }) => runs > 0)
  const affected = scored.some(({ missed, falseAlarms }) => (missed ?? 0) + (falseAlarms ?? 0) > 0)
  return [
    ...(policies.length > 1
      ? [
          open(
            `Empty masks were scored by different policies (${listed(policies)}): these values do not compare.`,
          ),
        ]
      : []),
    ...(policies.includes("skip") && affected
      ? [
          open(
            `Under the empty-mask policy “skip”, slices that a method missed, and its false alarms, do not lower its means. Slices per run: missed ${range(scored.map(({ missed }) => missed))}, false alarms ${range(scored.map(({ falseAlarms }) => falseAlarms))} (Table 2a).`,
          ),
        ]
      : []),
  ]
}

/** What the numbers show, and what they leave open. */
export const findingsOf = (input: ReportInput, analysis: Analysis): Finding[] => [
  ...aboutCells(input),
  ...aboutBaseline(input.baseline, analysis),
  ...aboutNothingFound(analysis),
  ...testedMetrics.flatMap((metric) => methodFindings(metric, analysis)),
  ...referenceFindings(analysis),
  ...aboutRuns(analysis.methods),
  ...aboutScale(analysis.methods),
  ...aboutConventions(analysis),
  ...aboutEmptyMasks(analysis),
]
