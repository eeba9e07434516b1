import { type ScoreTask, scoreTask as score, type TaskOutcome } from "../../src/scoring/scoreTask.ts"

/** As the real one, but case b takes its thread with it, and case c is a bug. */
export const scoreTask = async (task: ScoreTask): Promise<TaskOutcome> => {
  if (task.pair.case === "b") process.exit(9)
  if (task.pair.case === "c") throw new TypeError("a bug")
  return score(task)
}
