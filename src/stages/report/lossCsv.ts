import { csv } from "./csv.ts"
import { curveOf, gradientNormOf } from "./curve.ts"
import { type Method, stateOf } from "./methods.ts"

const columns = [
  ...["kind", "name", "method", "state", "epoch", "loss", "validation_dice", "learning_rate", "kept_epoch"],
  ...["gradient_norm_at_start", "folder"],
]

type Row = Record<string, string | number | null>

/** Rows of kind "run" (a cell) and "method" (mean over its runs), one per epoch. A cell that did not finish has one
 *  row, with its state. */
export const lossCsv = (methods: readonly Method[]): string =>
  csv(
    columns,
    methods.flatMap((method) => {
      const ofRuns = method.cells.flatMap((cell): Row[] => {
        const { label, folder, outcome } = cell
        const own = { kind: "run", name: label, method: method.name, state: stateOf(cell), folder }
        if (outcome.tag !== "done") return [own]
        const { epochs, keptEpoch, gradientNormAtStart } = outcome.history
        return epochs.map(({ epoch, loss, validationDice, learningRate }) => ({
          ...own,
          epoch,
          loss,
          validation_dice: validationDice,
          learning_rate: learningRate,
          kept_epoch: keptEpoch,
          gradient_norm_at_start: gradientNormAtStart,
        }))
      })
      const validation = curveOf(method, ({ validationDice }) => validationDice)
      const ofMethod = curveOf(method, ({ loss }) => loss).map(
        ({ epoch, mean }, i): Row => ({
          kind: "method",
          name: method.name,
          method: method.name,
          state: `${method.runs.length} of ${method.cells.length} done`,
          epoch,
          loss: mean,
          validation_dice: validation[i]?.mean ?? null,
          gradient_norm_at_start: gradientNormOf(method),
        }),
      )
      return [...ofRuns, ...ofMethod]
    }),
  )
