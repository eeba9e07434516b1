import { either as E } from "fp-ts"
import type { Checked } from "../../src/config/checked.ts"
import { renderProblems } from "../../src/failure/renderProblem.ts"

/** What a person sees when something is wrong; an error when nothing is. */
export const refusal = (checked: Checked<unknown>): string => {
  if (E.isRight(checked)) throw new Error(`accepted: ${JSON.stringify(checked.right)}`)
  return renderProblems(checked.left)
}

/** The value; an error that shows the problems when there are some. */
export const accepted = <A>(checked: Checked<A>): A => {
  if (E.isLeft(checked)) throw new Error(renderProblems(checked.left))
  return checked.right
}
