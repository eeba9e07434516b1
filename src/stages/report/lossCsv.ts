import { csv } from "./csv.ts"
import { type Method, stateOf } from "./methods.ts"

const columns = [
  ...["method", "cell", "state", "epoch", "loss", "validation_dice", "learning_rate", "kept_epoch"],
  ...["gradient_norm_at_start", "folder"],
]

/** One row per cell and epoch; a cell that did not finish has one row, with its state. */
export const lossCsv = (methods: readonly Method[]): string =>
  csv(
    columns,
    methods.flatMap(({ name, cells }) =>
      cells.flatMap((cell): Record<string, string | number | null>[] => {
        const own = { method: name, cell: cell.label, state: stateOf(cell), folder: cell.folder }
        if (cell.outcome.tag !== "done") return [own]
        const { epochs, keptEpoch, gradientNormAtStart } = cell.outcome.history
        return epochs.map(({ epoch, loss, validationDice, learningRate }) => ({
          ...own,
          epoch,
          loss,
          validation_dice: validationDice,
          learning_rate: learningRate,
          kept_epoch: keptEpoch,
          gradient_norm_at_start: gradientNormAtStart,
        }))
      }),
    ),
  )
