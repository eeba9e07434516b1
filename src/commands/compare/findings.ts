import { metricTable } from "../../metrics/metricTable.ts"
import { counted } from "../../stages/report/number.ts"
import { alpha, betterName, type Comparison } from "../../statistics/comparisonFamily.ts"
import type { Compared, ComparedByMetric } from "./comparedMethods.ts"
import { decimalsFor, pText, signed } from "./format.ts"

/** With more comparisons of a metric than this only those of the best method are told; the table has all. */
const allTold = 6

/** What the tests show and what they leave open, in sentences without a full stop. */
export const findingsOf = ({ metrics, tested, mostCases, smallestP }: Compared): string[] => {
  if (smallestP === null) return ["no two methods have scores of the same two cases: nothing can be compared"]
  if (smallestP >= alpha)
    return [
      `with ${counted(mostCases, "case")} and ${counted(tested, "comparison")} the smallest corrected p that the test can give is ${pText(smallestP)}: no difference could have been shown, however large`,
    ]
  const told = metrics.map(findingsOfMetric)
  return [
    ...told.flatMap(({ sentences }) => sentences),
    ...(told.some(({ open }) => open)
      ? ["no difference shown does not mean that there is none: the interval says how large it may be"]
      : []),
  ]
}

const findingsOfMetric = (compared: ComparedByMetric): { sentences: string[]; open: boolean } => {
  const { metric, comparisons, contest, largest } = compared
  const { best, winner, notAllCompared } = contest
  const decimals = decimalsFor(largest) + 1
  const few = comparisons.length <= allTold
  const own = few ? comparisons : comparisons.filter(({ first, second }) => first === best || second === best)
  const shown = comparisons.filter((one) => betterName(one) !== null).length
  const sentences = [
    ...(winner === null ? [] : [`${winner} is better than every other method`]),
    ...(few ? [] : [`${shown} of ${comparisons.length} comparisons show a difference`]),
    ...own.map((one) => sentence(one, decimals)),
    ...(notAllCompared === null
      ? []
      : [`${notAllCompared} has the best mean, but was compared with the baseline only`]),
  ]
  return {
    sentences: sentences.map((text) => (metric === null ? text : `${metricTable[metric].title}: ${text}`)),
    open: own.some((one) => one.result !== null && betterName(one) === null),
  }
}

const sentence = (comparison: Comparison, decimals: number): string => {
  const { first, second, result } = comparison
  if (result === null) return `${first} and ${second} have fewer than two cases with scores of both`
  const better = betterName(comparison)
  if (better !== null)
    return `${better} is better than ${better === first ? second : first} (Holm p ${pText(result.holmP)})`
  const [low, high] = result.confidenceInterval.map((bound) => signed(bound, decimals))
  return `no difference shown between ${first} and ${second} (95 % CI ${low} to ${high}, Holm p ${pText(result.holmP)})`
}
