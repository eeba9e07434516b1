import type { MetricName } from "../../metrics/scores.ts"
import {
  alpha,
  betterName,
  type Comparison,
  type Family,
  shownBetter,
} from "../../statistics/comparisonFamily.ts"
import type { Analysis } from "./analysis.ts"
import { type Finding, open, shown } from "./finding.ts"
import { counted, decimalsOf, fixed, listed, metricName, pInWords, pValue, signed, unitOf } from "./number.ts"

/** With more comparisons than this in one sentence, their numbers stay in the table. */
const spelledOut = 2

/** With more comparisons than this, only those of the best method are told; the table has all. */
const allTold = 6

/** "(+0.012, 95 % CI +0.003 to +0.021, Holm p = 0.011, n = 20)": the difference from the other method. */
const inNumbers = (metric: MetricName, name: string, { first, result }: Comparison): string => {
  if (result === null) return "(fewer than two patients have both values)"
  const decimals = decimalsOf(metric) + 1
  const sign = name === first ? 1 : -1
  const [low, high] = result.confidenceInterval.map((bound) => sign * bound).toSorted((a, b) => a - b)
  return `(${signed(sign * result.meanDifference, decimals)}${unitOf(metric)}, 95 % CI ${signed(low, decimals)} to ${signed(high, decimals)}, Holm p ${pInWords(result.holmP)}, n = ${result.n})`
}

/** The others of these comparisons, with numbers where they are few. */
const others = (metric: MetricName, name: string, comparisons: readonly Comparison[]): string =>
  listed(
    comparisons.map((one) => {
      const other = `“${one.first === name ? one.second : one.first}”`
      return comparisons.length > spelledOut ? other : `${other} ${inNumbers(metric, name, one)}`
    }),
  )

/** The most patients that any of the comparisons has. */
const mostPatients = ({ comparisons }: Family): number =>
  Math.max(...comparisons.map(({ result }) => result?.n ?? 0))

/** Why so few patients could not have shown any difference. */
const tooFew = (family: Family): string => {
  const { comparisons, smallestP } = family
  const n = mostPatients(family)
  const tested = comparisons.filter(({ result }) => result !== null).length
  const always = n < 6 ? " Below 6 patients the two-sided exact Wilcoxon test never reaches 0.05." : ""
  return `with ${counted(n, "patient")} and ${counted(tested, "comparison")} the smallest corrected p that the test can give is ${pValue(smallestP)}: no difference could have been shown, however large.${always}`
}

const cannotShow = ({ smallestP }: Family): boolean => smallestP !== null && smallestP >= alpha

/** Which methods differ, and between which no difference was shown. */
export const methodFindings = (
  metric: MetricName,
  { columns, between, best: bestMean, winner, onlyWithBaseline }: Analysis,
): Finding[] => {
  const best = columns.find(({ name }) => name === bestMean[metric])
  const family = between[metric]!
  const { comparisons } = family
  if (best === undefined || comparisons.length === 0) return []
  const value = `${fixed(best.summary[metric].mean, decimalsOf(metric))}${unitOf(metric)}`
  const top = `${metricName[metric]}: “${best.name}” has the best mean (${value})`
  if (cannotShow(family)) return [open(`${top}, but ${tooFew(family)}`)]
  const many = comparisons.length > allTold
  const untested =
    onlyWithBaseline[metric] === null
      ? ""
      : " It was tested against the baseline only, not against the others."
  const winnerFirst = columns.toSorted((a, b) => Number(b.name === best.name) - Number(a.name === best.name))
  const betterThan = winnerFirst.flatMap(({ name }) => {
    const won = comparisons.filter((one) => betterName(one) === name)
    if (won.length === 0 || (many && name !== best.name)) return []
    const rest = `${others(metric, name, won)}.`
    return name === winner[metric] || name === onlyWithBaseline[metric]
      ? shown(`${top} and is better than ${rest}${untested}`)
      : shown(`${metricName[metric]}: “${name}” is better than ${rest}`)
  })
  const unclear = comparisons.filter(
    (one) => [one.first, one.second].includes(best.name) && shownBetter(one) === null,
  )
  const differing = comparisons.filter((one) => betterName(one) !== null).length
  return [
    ...betterThan,
    ...(many
      ? [
          (differing === 0 ? open : shown)(
            `${metricName[metric]}: ${differing} of ${comparisons.length} comparisons show a difference (Table 2b).`,
          ),
        ]
      : []),
    ...(unclear.length === 0
      ? []
      : [
          open(
            `${top}, but no difference was shown from ${others(metric, best.name, unclear)}. This does not show that they are equal: any difference inside the interval fits the data.${untested}`,
          ),
        ]),
  ]
}

/** How the methods stand to a reference: "better: “a”, worse: “b”". Empty without a comparison. */
const standing = ({ comparisons }: Family): string => {
  const own = comparisons.filter(({ result }) => result !== null)
  const everyone = own.length === comparisons.length ? "every method" : "every method with a score"
  const group = (label: string, side: "first" | "second" | null): string[] => {
    const names = own.filter((one) => shownBetter(one) === side).map(({ first }) => `“${first}”`)
    if (names.length === 0) return []
    return [`${label} ${names.length > 1 && names.length === own.length ? everyone : listed(names)}`]
  }
  return [
    ...group("better:", "first"),
    ...group("worse:", "second"),
    ...group("no difference shown:", null),
  ].join(", ")
}

/** Metrics by what is said of them, in their order: what is said of several alike is said once. */
const standingOfAll = (
  metrics: Analysis["metrics"],
  families: Analysis["withReferences"][number]["families"],
): string => {
  const sayings = metrics.map((metric) => standing(families[metric]!))
  return [...new Set(sayings)]
    .filter((saying) => saying !== "")
    .map((saying) => {
      const alike = metrics.filter((_, i) => sayings[i] === saying)
      return `${listed(alike.map((metric) => metricName[metric]))} ${saying}`
    })
    .join("; ")
}

/** Which methods are better or worse than each reference; references with the same outcome share a sentence. */
export const referenceFindings = ({ metrics, withReferences }: Analysis): Finding[] => {
  const all = withReferences
    .flatMap(({ families }) => metrics.map((metric) => families[metric]!))
    .filter(({ smallestP }) => smallestP !== null)
  // Told of the reference that could have shown most.
  const [clearest] = all.toSorted((a, b) => a.smallestP! - b.smallestP! || mostPatients(b) - mostPatients(a))
  if (clearest !== undefined && all.every(cannotShow))
    return [open(`Comparisons with references: ${tooFew(clearest)}`)]
  const told = withReferences.map(({ reference, families }) => ({
    reference: `“${reference}”`,
    text: standingOfAll(metrics, families),
    any: metrics.some((metric) => families[metric]!.comparisons.some((one) => shownBetter(one) !== null)),
  }))
  return [...new Set(told.map(({ text }) => text))].flatMap((text) => {
    const same = told.filter((one) => one.text === text)
    const say = same[0]?.any === true ? shown : open
    return text === "" ? [] : [say(`Against ${listed(same.map(({ reference }) => reference))}: ${text}.`)]
  })
}
