import { metricTable } from "../../metrics/metricTable.ts"
import type { EmptyPolicy, Hd95Convention, MetricName, Outcome } from "../../metrics/scores.ts"
import type { DistanceUnit } from "../../scoring/checkPairs.ts"
import type { CaseScore, ScoringOptions } from "../../scoring/scorePair.ts"
import { type CasesSummary, countOf } from "../../scoring/summarizeCases.ts"
import { counted, fixed } from "../../stages/report/number.ts"
import { numbers, textTable, words } from "../../terminal/textTable.ts"

const inWords: Readonly<Record<Outcome, string>> = {
  scored: "scored",
  bothEmpty: "both empty",
  missed: "missed",
  falseAlarm: "false alarm",
}

/** What became of masks without a counterpart, by the policy. */
const treatment: Readonly<Record<EmptyPolicy, string>> = {
  skip: "these count for no mean",
  worst:
    "misses and false alarms count as 0 and as the image's diagonal, two empty masks as 1 and as a distance of 0",
  undefined: "misses and false alarms count as 0 and for no distance, two empty masks for nothing",
}

const tool: Readonly<Record<Hd95Convention, string>> = {
  pooled: "pooled, as medpy",
  "max-directed": "max-directed, as MONAI",
  contour: "contour, as surface-distance",
}

const heading = (metric: MetricName, unit: DistanceUnit): string => {
  const { title, kind } = metricTable[metric]
  return kind === "distance" ? `${title} (${unit})` : title
}

/** The table of all cases with the metrics that were asked for, mean, sd, median and n below, and what one must know
 *  to judge them. */
export const evaluateText = (
  cases: readonly CaseScore[],
  { summary, outcomes }: CasesSummary,
  options: ScoringOptions,
  unit: DistanceUnit,
): string => {
  const { metrics, per, empty } = options
  const bySlice = per === "slice"
  const columns = [
    words("case"),
    ...metrics.map((metric) => numbers(heading(metric, unit))),
    ...(bySlice ? [numbers("slices"), numbers("missed"), numbers("false alarms")] : []),
    words("outcome"),
  ]
  const rows = cases.map((each) => [
    each.case,
    ...metrics.map((metric) => fixed(each.values[metric], metricTable[metric].decimals)),
    ...(each.slices === null
      ? []
      : [each.slices.length, countOf(each.slices, "missed"), countOf(each.slices, "falseAlarm")].map(String)),
    inWords[each.outcome],
  ])
  const below = (["mean", "sd", "median"] as const).map((name) => [
    name,
    ...metrics.map((metric) => fixed(summary[metric][name], metricTable[metric].decimals)),
  ])
  const n = ["n", ...metrics.map((metric) => String(summary[metric].n))]
  const masks = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const noted = masks === outcomes.scored ? "" : `; ${treatment[empty]} (--empty ${empty})`
  return [
    textTable(columns, [...rows, [], ...below, n]),
    `\n${counted(masks, bySlice ? "slice" : "case")}: ${outcomes.missed} missed, ${counted(outcomes.falseAlarm, "false alarm")}, ${outcomes.bothEmpty} with both masks empty${noted}\n`,
    ...(bySlice ? ["a case is the mean of its slices, where they are defined\n"] : []),
    ...(metrics.includes("hd95") ? [`HD95: ${tool[options.hd95]}\n`] : []),
    ...(metrics.includes("nsd") ? [`NSD: within ${options.toleranceMm} ${unit}\n`] : []),
    ...(unit === "pixels" ? ["distances are in pixels: PNG images do not say theirs (--spacing-mm)\n"] : []),
  ].join("")
}
