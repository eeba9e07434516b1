import type { EvaluateCommand } from "../../src/commands/evaluate/evaluateOptions.ts"
import { evaluate } from "../../src/commands/evaluate.ts"
import { evaluateCommand } from "./evaluateCommand.ts"

/** What is printed, and what is shown of the progress. */
export const runEvaluate = async (words: Partial<EvaluateCommand> = {}, isTerminal = false) => {
  let printed = ""
  let shown = ""
  await evaluate(
    evaluateCommand(words),
    (text) => {
      printed += text
    },
    {
      write: (text) => {
        shown += text
      },
      isTerminal,
      columns: 80,
      color: false,
    },
  )
  return { printed, shown }
}
