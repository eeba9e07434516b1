import { stat } from "node:fs/promises"
import { dirname } from "node:path"
import { Failure, failure } from "../failure/failure.ts"
import { byMetric } from "../metrics/scores.ts"
import { type CheckedPair, checkPairs, type DistanceUnit } from "../scoring/checkPairs.ts"
import { isPng } from "../scoring/maskFile.ts"
import { pairFiles } from "../scoring/pairFiles.ts"
import type { CaseScore, ScoringOptions } from "../scoring/scorePair.ts"
import { scorePairs } from "../scoring/scorePairs.ts"
import { type CasesSummary, countOf, summarizeCases } from "../scoring/summarizeCases.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"
import { progressBar } from "../terminal/progressBar.ts"
import type { ProgressOutput } from "../terminal/progressOutput.ts"
import { terminalOf } from "../terminal/terminal.ts"
import { evaluateCsv } from "./evaluate/evaluateCsv.ts"
import { type EvaluateCommand, type EvaluateOptions, evaluateOptions } from "./evaluate/evaluateOptions.ts"
import { evaluateText } from "./evaluate/evaluateText.ts"
import { interruptible } from "./interruptible.ts"

/** Scores masks made by any tool against references: pairs files, checks all of them, then scores, then prints.
 *  Throws Failure: usage, data with every problem found, environment, interrupted. Then nothing is printed. */
export const evaluate = async (
  command: EvaluateCommand,
  out: (text: string) => void,
  progress: ProgressOutput = terminalOf(process.stderr),
): Promise<void> => {
  const options = evaluateOptions(command)
  if (options.csv !== undefined) await checkPlace(options.csv)
  const pairs = await soundPairs(options)
  const { scoring, jobs, json, csv } = options
  const bar =
    pairs.length > 1 && (progress.isTerminal || !json)
      ? progressBar(progress, "cases", pairs.length)
      : undefined
  const cases = await interruptible(
    (signal) => scorePairs(pairs, { options: scoring, jobs, onDone: (pair) => bar?.tick(pair.case), signal }),
    "interrupted; nothing was written",
  ).finally(() => bar?.end())
  const { unit } = pairs[0]!
  const summary = summarizeCases(cases)
  if (csv !== undefined) await writeFileAtomic(csv, evaluateCsv(cases, scoring.metrics, unit))
  out(
    json
      ? `${JSON.stringify(jsonOf(cases, summary, scoring, unit))}\n`
      : evaluateText(cases, summary, scoring, unit),
  )
}

/** Better now than after an hour of scoring. */
const checkPlace = async (csv: string): Promise<void> => {
  const [folder, place] = await Promise.all([dirname(csv), csv].map((path) => stat(path).catch(() => null)))
  if (!folder?.isDirectory() || place?.isDirectory())
    throw failure("environment", {
      message: "the file cannot be written",
      file: csv,
      found: place?.isDirectory() ? "it is a folder" : `there is no folder ${dirname(csv)}`,
      fix: place?.isDirectory() ? "choose another name" : "create the folder first, or choose another one",
    })
}

/** Throws Failure with all problems of names and of headers. */
const soundPairs = async (options: EvaluateOptions): Promise<readonly CheckedPair[]> => {
  const named = await pairFiles(options.predictions, options.reference)
  const files = named.pairs.flatMap(({ prediction, reference }) => [prediction, reference])
  if (options.pngSpacingMm !== null && files.length > 0 && !files.some(isPng))
    throw failure("usage", {
      message: "--spacing-mm is for PNG images, and there are none",
      fix: "leave the option out: a NIfTI file says its spacing itself",
    })
  const checked = await checkPairs(named.pairs, options)
  const problems = [...named.problems, ...checked.problems]
  if (problems.length > 0) throw new Failure("data", problems)
  return checked.pairs
}

const jsonOf = (
  cases: readonly CaseScore[],
  { summary, outcomes }: CasesSummary,
  { per, hd95, toleranceMm, empty }: ScoringOptions,
  unit: DistanceUnit,
) => ({
  cases: cases.map(({ case: name, values, outcome, slices }) => ({
    case: name,
    ...values,
    outcome,
    ...(slices !== null && {
      missedSlices: countOf(slices, "missed"),
      falseAlarmSlices: countOf(slices, "falseAlarm"),
      slices: slices.map((one, slice) => ({ slice, ...one.values, outcome: one.outcome })),
    }),
  })),
  summary: byMetric((metric) => {
    const { mean, sd, median, n } = summary[metric]
    return { mean, sd, median, n }
  }),
  missed: outcomes.missed,
  falseAlarms: outcomes.falseAlarm,
  bothEmpty: outcomes.bothEmpty,
  per,
  hd95,
  toleranceMm,
  empty,
  distanceUnit: unit,
})
