import { byMetric, type MetricName, type PatientScore, type Scores } from "../../src/metrics/scores.ts"
import type { CellOutcome, ReportCell, ReportInput } from "../../src/stages/reportInput.ts"
import { randomNumbers } from "./randomNumbers.ts"
import { reportInput, scoresOf } from "./reportInput.ts"

/** Metrics that are distances, in mm; the others are shares. */
export const distances: readonly MetricName[] = ["hd", "hd95", "assd"]

/** What a metric is called, as a heading has it. */
export const headingOf = (metric: MetricName): string => {
  const titles = {
    ...{ dice: "Dice", iou: "IoU", precision: "Precision", recall: "Recall" },
    ...{ hd: "HD (mm)", hd95: "HD95 (mm)", assd: "ASSD (mm)", nsd: "NSD" },
  }
  return titles[metric]
}

/** With how many decimals its values are shown. */
export const decimalsShown = (metric: MetricName): number => (distances.includes(metric) ? 2 : 3)

/** A report of one to four methods, one to three seeds of each and up to nine patients, with ties, missing values,
 *  patients that a run lacks or has in another order, cells that did not finish, references, a baseline, and some metrics or others.
 *  Scores are decimals with few digits, so that ties are ties on paper. */
export const randomReport = (seed: number): ReportInput => {
  const { whole, pick, shuffled } = randomNumbers(seed)
  const patients = Array.from({ length: whole(0, 9) }, (_, i) => `patient ${i + 1}`)
  const hard = patients.map(() => whole(0, 8))
  const surfaces = whole(0, 1) === 1

  const scored = (): Scores => {
    const level = whole(0, 5)
    const gaps = whole(0, 3) === 0 ? 2 : whole(0, 1) * 20 // none, one in twenty or one in two
    const value = (metric: MetricName, i: number): number | null => {
      if (!surfaces && (metric === "hd" || metric === "assd" || metric === "nsd")) return null
      if (gaps > 0 && whole(1, gaps) === 1) return null
      return distances.includes(metric)
        ? (30 - 4 * level + hard[i]! + whole(0, 3)) / 4
        : (60 + 5 * level - hard[i]! + whole(0, 3)) / 100
    }
    const lacks = whole(0, 4) === 0 && patients.length > 1 ? whole(0, patients.length - 1) : -1
    const own = patients.map((patient, i): PatientScore => {
      const slices = whole(3, 9)
      return {
        patient,
        slices,
        scored: whole(0, slices),
        missed: whole(0, 2),
        falseAlarms: whole(0, 2),
        values: byMetric((metric) => value(metric, i)),
      }
    })
    return {
      ...scoresOf(shuffled(own.filter((_, i) => i !== lacks))),
      empty: pick("skip", "worst"),
      hd95: pick("pooled", "contour"),
      toleranceMm: whole(1, 2),
    }
  }

  const outcome = (): CellOutcome => {
    if (whole(0, 6) === 0)
      return pick<CellOutcome>(
        { tag: "failed", kind: "numerics", message: "the loss became NaN" },
        { tag: "interrupted" },
        { tag: "notRun" },
      )
    const epochs = Array.from({ length: whole(1, 5) }, (_, i) => ({
      epoch: i + 1,
      loss: whole(1, 9999) / 1000,
      validationDice: whole(0, 4) === 0 ? null : whole(0, 100) / 100,
      learningRate: whole(1, 100) / 1000,
      imagesPerSecond: whole(1, 90),
      waitingShare: whole(0, 10) / 100,
      elapsedSeconds: 10 * (i + 1),
    }))
    return {
      tag: "done",
      history: {
        epochs,
        keptEpoch: whole(1, epochs.length),
        gradientNormAtStart: whole(1, 900) / 100,
        parameterCount: whole(1, 2_000_000),
      },
      scores: scored(),
      seconds: whole(1, 20_000),
      peakRssBytes: whole(1, 2000) * 1e7,
    }
  }

  const methods = ["b", "a", "d", "c"].slice(0, whole(1, 4))
  const seeds = Array.from({ length: whole(1, 3) }, (_, i) => String(i + 1))
  const cells = methods.flatMap((method) =>
    seeds.map(
      (seed): ReportCell => ({
        label: `${method} seed=${seed}`,
        key: `${method}${seed}`.padEnd(64, "0123456789abcdef"),
        factors: { loss: method, seed },
        blocks: ["seed"],
        method,
        folder: `cells/${method}-${seed}`,
        command: `losslab cell --cell ${method}${seed}`,
        loss: `{"kind":"${method}"}`,
        outcome: outcome(),
      }),
    ),
  )
  return reportInput({
    cells: whole(0, 1) === 1 ? shuffled(cells) : cells,
    metrics: pick<readonly MetricName[]>(
      ["dice", "hd95"],
      ["hd95"],
      ["iou", "nsd"],
      ["recall", "dice", "hd", "assd", "precision"],
    ),
    baseline: pick(null, ...methods),
    references: ["mean training mask", "clinician", "student"]
      .slice(0, whole(0, 3))
      .map((name) => ({ name, scores: scored() })),
    panels: [],
  })
}

/** The scores of each finished run of a method, in the order of the cells. */
export const runsOf = (input: ReportInput, method: string) =>
  input.cells.flatMap((cell) =>
    cell.method === method && cell.outcome.tag === "done" ? [{ cell, outcome: cell.outcome }] : [],
  )
