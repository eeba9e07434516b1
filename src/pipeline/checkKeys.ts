import { failure } from "../failure/failure.ts"
import type { CellKeys } from "./keys.ts"

/** Throws Failure("environment") when what a plan was made of is no longer what this process would work with:
 *  code or data changed since, or another engine runs here. Working on would file a result under a key that says
 *  something else. Called when all code is loaded: what is edited later is not what runs. */
export const checkKeys = (planned: CellKeys, now: CellKeys): void => {
  const names = new Set([...Object.keys(planned.ingredients), ...Object.keys(now.ingredients)])
  const changed = [...names].filter((name) => planned.ingredients[name] !== now.ingredients[name])
  if (changed.length === 0) return
  throw failure("environment", {
    message: `the plan does not fit any more: ${changed.join(", ")} changed since it was made`,
    fix: "run `losslab run` again: it plans anew and keeps what is still right",
  })
}
