import type { ReportInput } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import { gradientNormOf } from "./curve.ts"
import { type Finding, open, shown } from "./finding.ts"
import { type Method, stateOf } from "./methods.ts"
import { methodFindings, referenceFindings } from "./metricFindings.ts"
import { counted, decimalsOf, fixed, listed, metricName, perRun, significant, unitOf } from "./number.ts"

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

const aboutRuns = ({ methods, metrics: [metric] }: Analysis): Finding[] => {
  const finished = methods.filter(({ runs }) => runs.length > 0)
  if (finished.length === 0) return []
  if (finished.every(({ runs }) => runs.length === 1))
    return [
      open(
        "Each method was run once: nothing here says how far another seed would move the numbers, and a small difference may be one of seeds, not of losses.",
      ),
    ]
  const ranges = finished.map(({ name, runs }) => {
    const means = runs.flatMap(({ outcome }) => outcome.scores.summary[metric!].mean ?? [])
    const range =
      means.length === 0
        ? "undefined"
        : `${[...new Set([Math.min(...means), Math.max(...means)])].map((value) => fixed(value, decimalsOf(metric!))).join(" to ")}${unitOf(metric!)}`
    return `“${name}” ${range} (${counted(means.length, "run")})`
  })
  return [
    open(
      `Runs of a method are averaged per patient before testing, so the tests speak about patients, not about seeds. Mean ${metricName[metric!]} of single runs: ${listed(ranges)}.`,
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

/** A method that found nothing may have no values, and so would slip out of every comparison unnoticed. */
const aboutNothingFound = ({ columns, metrics }: Analysis): Finding[] =>
  columns
    .filter(({ missed, found }) => missed && found === 0) // null without a run
    .map(({ name, missed, summary }) => {
      const unscored = metrics.filter((metric) => summary[metric].n === 0)
      const which =
        unscored.length === metrics.length ? "score" : listed(unscored.map((metric) => metricName[metric]))
      return shown(
        `“${name}” found nothing on any of the ${perRun(missed)} test slices that show something${
          unscored.length === 0
            ? ""
            : `: it has no ${which}, and so is in no comparison${which === "score" ? "" : " of it"}`
        }.`,
      )
    })

/** "3", or "1 to 7" */
const range = (counts: readonly (number | null)[]): string => {
  const known = counts.filter((count) => count !== null)
  return [...new Set([Math.min(...known), Math.max(...known)])].map(perRun).join(" to ")
}

/** With more metrics tested than this, the report warns of chance. */
const fewMetrics = 2

const aboutMetrics = ({ metrics, between }: Analysis): Finding[] =>
  metrics.length <= fewMetrics || metrics.every((metric) => between[metric]!.comparisons.length === 0)
    ? []
    : [
        open(
          `${metrics.length} metrics are tested, each corrected on its own: of many, one may show a difference by chance. Name in evaluate.metrics those that the question is about.`,
        ),
      ]

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
  ...analysis.metrics.flatMap((metric) => methodFindings(metric, analysis)),
  ...referenceFindings(analysis),
  ...aboutRuns(analysis),
  ...aboutScale(analysis.methods),
  ...aboutMetrics(analysis),
  ...aboutConventions(analysis),
  ...aboutEmptyMasks(analysis),
]
