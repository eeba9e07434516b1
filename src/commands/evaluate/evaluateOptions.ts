import { availableParallelism } from "node:os"
import { shown } from "../../config/language/shown.ts"
import type { Agreement } from "../../data/files/sameGrid.ts"
import { Failure, type Problem } from "../../failure/failure.ts"
import { nearest } from "../../failure/suggestion.ts"
import { isMetric } from "../../metrics/metricTable.ts"
import {
  defaultToleranceMm,
  type EmptyPolicy,
  type Hd95Convention,
  type MetricName,
  metricNames,
} from "../../metrics/scores.ts"
import type { PngSpacingMm } from "../../scoring/maskFile.ts"
import type { ScoringOptions } from "../../scoring/scorePair.ts"

/** The words of the command line. */
export interface EvaluateCommand {
  readonly predictions: string
  readonly reference: string
  readonly metrics?: string
  readonly per: ScoringOptions["per"]
  readonly hd95: Hd95Convention
  readonly toleranceMm?: string
  readonly empty: EmptyPolicy
  readonly labels?: string
  readonly spacingMm?: string
  readonly agreement: Agreement
  readonly jobs?: string
  readonly csv?: string
  readonly json: boolean
}

/** What they mean. */
export interface EvaluateOptions extends Omit<EvaluateCommand, "spacingMm" | "jobs" | "metrics"> {
  readonly scoring: ScoringOptions
  readonly pngSpacingMm: PngSpacingMm | null
  readonly jobs: number
}

const maxJobs = 256

/** Throws Failure("usage") with everything that is wrong. */
export const evaluateOptions = (command: EvaluateCommand): EvaluateOptions => {
  const problems: Problem[] = []
  const refuse = (problem: Problem): void => {
    problems.push(problem)
  }
  // An empty name is a variable of the shell that is not set.
  for (const name of ["predictions", "reference", "csv"] as const)
    if (command[name] === "")
      refuse({ message: `--${name} names nothing`, found: '""', fix: "name a file or a folder" })
  const options: EvaluateOptions = {
    ...command,
    scoring: {
      metrics: command.metrics === undefined ? metricNames : metricsOf(command.metrics, refuse),
      per: command.per,
      hd95: command.hd95,
      toleranceMm: toleranceOf(command.toleranceMm, refuse),
      empty: command.empty,
      labels: command.labels === undefined ? null : labelsOf(command.labels, refuse),
    },
    pngSpacingMm: command.spacingMm === undefined ? null : spacingOf(command.spacingMm, refuse),
    jobs: jobsOf(command.jobs, refuse),
  }
  if (problems.length > 0) throw new Failure("usage", problems)
  return options
}

type Refuse = (problem: Problem) => void

const listed = (text: string): readonly string[] => text.split(",").map((each) => each.trim())

/** In the order given, each once. */
const metricsOf = (text: string, refuse: Refuse): readonly MetricName[] => {
  const asked = listed(text)
  for (const name of asked.filter((each) => !isMetric(each))) {
    const suggestion = nearest(name, metricNames)
    refuse({
      message: `--metrics names ${name === "" ? "nothing" : `\`${name}\``}, which is no metric`,
      expected: `some of ${metricNames.join(", ")}, separated by commas`,
      ...(suggestion === undefined ? {} : { suggestion }),
    })
  }
  return [...new Set(asked)].filter(isMetric)
}

const labelsOf = (text: string, refuse: Refuse): readonly number[] => {
  const labels = listed(text)
  if (!labels.every((label) => /^-?\d{1,15}$/.test(label)))
    refuse({
      message: "--labels are not whole numbers",
      expected: "numbers separated by commas: 1,2",
      found: shown(text),
    })
  return [...new Set(labels.map(Number))]
}

/** A number as people write it; NaN where it is none. */
const numberOf = (text: string): number => (/^\d*\.?\d+(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN)

const toleranceOf = (text: string | undefined, refuse: Refuse): number => {
  if (text === undefined) return defaultToleranceMm
  const tolerance = numberOf(text)
  if (!Number.isFinite(tolerance))
    refuse({
      message: "--tolerance-mm is not a distance",
      expected: "a number, 0 or more",
      found: shown(text),
    })
  return tolerance
}

const spacingOf = (text: string, refuse: Refuse): PngSpacingMm => {
  const [row = Number.NaN, column = Number.NaN, ...more] = listed(text).map(numberOf)
  const isGood = [row, column].every((each) => Number.isFinite(each) && each > 0) && more.length === 0
  if (!isGood)
    refuse({
      message: "--spacing-mm does not say how far rows and columns lie apart",
      expected: "two numbers above 0, first between rows, then between columns: 0.5,0.5",
      found: shown(text),
    })
  return [row, column]
}

const jobsOf = (text: string | undefined, refuse: Refuse): number => {
  if (text === undefined) return availableParallelism()
  const jobs = /^\d+$/.test(text) ? Number(text) : 0
  if (jobs < 1 || jobs > maxJobs)
    refuse({
      message: "--jobs is not a number of threads",
      expected: `a whole number from 1 to ${maxJobs}`,
      found: shown(text),
    })
  return jobs
}
