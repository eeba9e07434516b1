import type { Compared, ComparedByMetric } from "./comparedMethods.ts"

/** The comparison for programs, as one object: of the only metric, or `{ metrics: [...] }`. Undefined is null. */
export const comparedJson = ({ cases, metrics }: Compared): object => {
  const objects = metrics.map((one) => objectOf(cases, one))
  return objects.length === 1 ? objects[0]! : { metrics: objects }
}

const objectOf = (
  cases: number,
  { metric, summaries, comparisons, friedmanP }: ComparedByMetric,
): object => ({
  metric,
  methods: summaries.map(({ method }) => method),
  n: cases,
  pairs: comparisons.map(({ first, second, dropped, result }) => ({
    first,
    second,
    n: cases - dropped,
    dropped,
    meanDifference: result?.meanDifference ?? null,
    medianDifference: result?.medianDifference ?? null,
    confidenceInterval: result?.confidenceInterval ?? null,
    firstBetter: result?.firstBetter ?? null,
    secondBetter: result?.secondBetter ?? null,
    ties: result?.ties ?? null,
    wilcoxonP: result?.wilcoxonP ?? null,
    pairedTP: result?.pairedTP ?? null,
    holmP: result?.holmP ?? null,
    rankBiserial: result?.rankBiserial ?? null,
  })),
  friedmanP,
  summary: Object.fromEntries(
    summaries.map(({ method, n, mean, sd, median }) => [method, { n, mean, sd, median }]),
  ),
})
