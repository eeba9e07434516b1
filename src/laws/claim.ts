import type { Law } from "./law.ts"
import type { Options } from "./subject.ts"

/** For which options a claim is made. */
export interface Condition {
  /** As in "with an odd kernel". */
  readonly says: string
  readonly holds: (options: never) => boolean
}

/** What a loss says of itself: that a law holds, or that it does not, always or with certain options. Both are
 *  checked: a law that is said not to hold must have a counterexample. */
export interface Claim {
  readonly law: Law
  readonly holds: boolean
  readonly when?: Condition
  /** Why it does not hold, for the reference page. */
  readonly because?: string
}

export const holds = (law: Law): Claim => ({ law, holds: true })

/** holdsWhen<AgBceOptions>(mirror, "with an odd kernel", ({ kernel }) => kernel % 2 === 1) */
export const holdsWhen = <O>(law: Law, says: string, condition: (options: O) => boolean): Claim => ({
  law,
  holds: true,
  when: { says, holds: condition as Condition["holds"] },
})

export const doesNotHold = (law: Law, because: string): Claim => ({ law, holds: false, because })

export const doesNotHoldWhen = <O>(
  law: Law,
  because: string,
  says: string,
  condition: (options: O) => boolean,
): Claim => ({ law, holds: false, because, when: { says, holds: condition as Condition["holds"] } })

/** Whether a claim is about a loss with these options. */
export const applies = ({ when }: Claim, options: Options): boolean =>
  when === undefined || when.holds(options as never)
