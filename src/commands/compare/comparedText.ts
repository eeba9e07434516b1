import { printable } from "../../failure/printable.ts"
import { metricTable } from "../../metrics/metricTable.ts"
import { counted } from "../../stages/report/number.ts"
import { type Comparison, shownBetter } from "../../statistics/comparisonFamily.ts"
import { numbers, textTable, words } from "../../terminal/textTable.ts"
import type { Compared, ComparedByMetric } from "./comparedMethods.ts"
import { findingsOf } from "./findings.ts"
import { decimalsFor, fixed, pText, signed } from "./format.ts"

/** The comparison for people: a summary and the pairs of each metric, then what they show. */
export const comparedText = (file: string, compared: Compared): string => {
  const { cases, metrics, tested } = compared
  const findings = findingsOf(compared).map((finding) => `- ${printable(finding)}.\n`)
  return [
    `${printable(file)}: ${cases} cases\n`,
    ...metrics.map((one) => `${title(one)}\n\n${summaryTable(one)}\n${pairsTable(one)}${friedmanLine(one)}`),
    notes(tested, metrics.length),
    `What this shows\n${findings.join("")}`,
  ].join("\n")
}

const title = ({ metric, smallerIsBetter }: ComparedByMetric): string => {
  if (metric === null)
    return "Scores of an unnamed metric: larger is taken to be better (say --metric for distances)"
  return `${metricTable[metric].title}: ${smallerIsBetter ? "a distance, in the unit of the table; smaller" : "larger"} is better`
}

/** Stands beside the winner. */
const mark = "*"

const summaryTable = ({ summaries, largest, contest }: ComparedByMetric): string => {
  const decimals = decimalsFor(largest)
  const rows = summaries.map(({ method, n, mean, sd, median }) => [
    method === contest.winner ? `${method} ${mark}` : method,
    String(n),
    ...[mean, sd, median].map((value) => fixed(value, decimals)),
  ])
  const verdict =
    contest.winner === null
      ? "No method is shown to be better than every other.\n"
      : `${mark} shown to be better than every other method.\n`
  return textTable([words("method"), ...["n", "mean", "sd", "median"].map(numbers)], rows) + verdict
}

const pairColumns = [
  words("first - second"),
  ...["n", "mean", "95 % CI", "median", "wins", "Wilcoxon p", "Holm p", "t test p", "r"].map(numbers),
  words("better"),
]

const pairsTable = ({ comparisons, largest }: ComparedByMetric): string =>
  textTable(
    pairColumns,
    comparisons.map((one) => pairRow(one, decimalsFor(largest) + 1)),
  )

const pairRow = (comparison: Comparison, decimals: number): string[] => {
  const { first, second, dropped, result } = comparison
  const names = `${first} - ${second}`
  if (result === null) return [names, "fewer than 2"]
  const [low, high] = result.confidenceInterval
  const side = shownBetter(comparison)
  return [
    names,
    dropped === 0 ? String(result.n) : `${result.n} (${dropped} dropped)`,
    signed(result.meanDifference, decimals),
    `${signed(low, decimals)} to ${signed(high, decimals)}`,
    signed(result.medianDifference, decimals),
    `${result.firstBetter}:${result.secondBetter}:${result.ties}`,
    pText(result.wilcoxonP),
    pText(result.holmP),
    pText(result.pairedTP),
    signed(result.rankBiserial, 2),
    side === null ? "not shown" : comparison[side],
  ]
}

const friedmanLine = ({ friedmanP }: ComparedByMetric): string =>
  friedmanP === null ? "" : `Friedman's test of all methods doing equally well: p ${pText(friedmanP)}.\n`

const notes = (tested: number, metrics: number): string =>
  [
    "Differences are first - second, case by case; wins: cases in which first is better, second is, neither is.",
    "95 % CI: t interval of the mean difference, not corrected for the number of comparisons.",
    `Holm p: Wilcoxon's signed-rank p, corrected for ${counted(tested, "comparison")}${metrics > 1 ? " of all metrics" : ""}; below 0.05 it shows a difference.`,
    "r: matched-pairs rank-biserial correlation, from -1 to 1, positive where first is larger.",
    "",
  ].join("\n")
