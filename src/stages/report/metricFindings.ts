import type { Analysis } from "./analysis.ts"
import type { Column } from "./column.ts"
import {
  alpha,
  type Comparison,
  type Family,
  shownBetter,
  smallerIsBetter,
  type TestedMetric,
} from "./family.ts"
import { type Finding, open, shown } from "./finding.ts"
import { counted, decimalsOf, fixed, listed, metricName, pValue, signed, unitOf } from "./number.ts"

/** With more comparisons than this in one sentence, their numbers stay in the table. */
const spelledOut = 2

/** "(“a” − “b”: +0.012, 95 % CI +0.003 to +0.021, Holm p = 0.011, n = 20)" */
const inNumbers = (metric: TestedMetric, { first, second, result }: Comparison): string => {
  if (result === null) return "(fewer than two patients have both values)"
  const decimals = decimalsOf(metric) + 1
  const [low, high] = result.confidenceInterval
  const p = pValue(result.holmP)
  return `(“${first}” − “${second}”: ${signed(result.meanDifference, decimals)}${unitOf(metric)}, 95 % CI ${signed(low, decimals)} to ${signed(high, decimals)}, Holm p ${p.startsWith("<") ? p : `= ${p}`}, n = ${result.n})`
}

/** The others of these comparisons, with numbers where they are few. */
const others = (metric: TestedMetric, name: string, comparisons: readonly Comparison[]): string =>
  listed(
    comparisons.map((one) => {
      const other = `“${one.first === name ? one.second : one.first}”`
      return comparisons.length > spelledOut ? other : `${other} ${inNumbers(metric, one)}`
    }),
  )

const bestOf = (metric: TestedMetric, columns: readonly Column[]): Column | undefined => {
  const sign = smallerIsBetter(metric) ? -1 : 1
  return columns
    .filter(({ summary }) => summary[metric].mean !== null)
    .toSorted((a, b) => sign * (b.summary[metric].mean! - a.summary[metric].mean!))[0]
}

/** Says when so few patients could not have shown any difference. */
const aboutPower = (metric: TestedMetric, { comparisons, smallestP }: Family): Finding[] => {
  if (smallestP === null || smallestP < alpha) return []
  const n = Math.max(...comparisons.map(({ result }) => result?.n ?? 0))
  const tested = comparisons.filter(({ result }) => result !== null).length
  const always = n < 6 ? " Below 6 patients the two-sided exact Wilcoxon test never reaches 0.05." : ""
  return [
    open(
      `${metricName[metric]}: with ${counted(n, "patient")} and ${counted(tested, "comparison")} the smallest corrected p this test can give is ${pValue(smallestP)}, so no difference could have been shown, however large.${always}`,
    ),
  ]
}

/** Which methods differ, and between which no difference was shown. */
export const methodFindings = (
  metric: TestedMetric,
  { columns, between, winner, baseline }: Analysis,
): Finding[] => {
  const best = bestOf(metric, columns)
  const { comparisons } = between[metric]
  if (best === undefined || comparisons.length === 0) return []
  const value = `${fixed(best.summary[metric].mean, decimalsOf(metric))}${unitOf(metric)}`
  const untested =
    baseline === null || best.name === baseline ? "" : " Only the comparison with the baseline was tested."
  const betterThan = columns.flatMap(({ name }) => {
    const won = comparisons.filter((one) => shownBetter(metric, one) === name)
    if (won.length === 0) return []
    const rest = `${others(metric, name, won)}.`
    return name === winner[metric]
      ? shown(
          `${metricName[metric]}: “${name}” has the best mean (${value}) and is better than ${rest}${untested}`,
        )
      : shown(`${metricName[metric]}: “${name}” is better than ${rest}`)
  })
  const unclear = comparisons.filter(
    (one) => [one.first, one.second].includes(best.name) && shownBetter(metric, one) === null,
  )
  return [
    ...betterThan,
    ...(unclear.length === 0
      ? []
      : [
          open(
            `${metricName[metric]}: “${best.name}” has the best mean (${value}), but no difference was shown from ${others(metric, best.name, unclear)}. This does not show that they are equal: any difference inside the interval fits the data.`,
          ),
        ]),
    ...aboutPower(metric, between[metric]),
  ]
}

/** Which methods are better or worse than each reference. */
export const referenceFindings = (
  metric: TestedMetric,
  { references, withReferences }: Analysis,
): Finding[] =>
  references.flatMap(({ name }) => {
    const own = withReferences[metric].comparisons.filter(
      ({ second, result }) => second === name && result !== null,
    )
    if (own.length === 0) return []
    const group = (label: string, of: (better: string | null) => boolean): string[] => {
      const names = own.filter((one) => of(shownBetter(metric, one))).map(({ first }) => `“${first}”`)
      return names.length === 0 ? [] : [`${label} ${listed(names)}`]
    }
    const parts = [
      ...group("better:", (better) => better !== null && better !== name),
      ...group("worse:", (better) => better === name),
      ...group("no difference shown:", (better) => better === null),
    ]
    const say = own.every((one) => shownBetter(metric, one) === null) ? open : shown
    return [say(`${metricName[metric]} against the reference “${name}”: ${parts.join("; ")}.`)]
  })
