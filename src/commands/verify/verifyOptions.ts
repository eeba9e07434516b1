import type { Backend } from "../../engine/engine.ts"
import { Failure, type Problem } from "../../failure/failure.ts"

/** As the command line gives it. */
export interface VerifyCommand {
  readonly module?: string
  readonly options?: string
  readonly law?: string
  readonly runs: string
  readonly seed?: string
  readonly path?: string
  readonly backend: Backend
  readonly json: boolean
}

export interface VerifyOptions extends Omit<VerifyCommand, "runs" | "seed"> {
  readonly runs: number
  readonly seed: number
}

const mostRuns = 1_000_000

/** The number of an input, and which of the simpler ones next to it were taken. */
const isPath = (text: string): boolean =>
  /^\d+(:\d+)*$/.test(text) && text.split(":").every((step) => Number(step) <= mostRuns)

/** Throws Failure("usage") with all that is wrong. */
export const verifyOptions = (said: string | undefined, command: VerifyCommand): VerifyOptions => {
  const problems: Problem[] = []
  const whole = (option: string, text: string, least: number, most: number): number => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    problems.push({
      message: `${option} is not a number of the right size`,
      expected: `a whole number from ${least} to ${most}`,
      found: JSON.stringify(text),
    })
    return least
  }
  const runs = whole("--runs", command.runs, 1, mostRuns)
  const seed =
    command.seed === undefined ? Date.now() % 2 ** 31 : whole("--seed", command.seed, -(2 ** 31), 2 ** 31 - 1)
  if (said !== undefined && command.module !== undefined)
    problems.push({
      message: "a loss and --module are both named",
      found: `${said} and --module ${command.module}`,
      fix: "name one of them",
    })
  if (command.options !== undefined && command.module === undefined)
    problems.push({
      message: "--options are those of a module, and none is named",
      fix: "write a loss with its options as inline YAML: '{ kind: tversky, falseNegative: 0.7 }'",
    })
  if (command.options?.trim() === "")
    problems.push({
      message: "--options is empty",
      expected: "a map of them, such as '{ share: 0.5 }'",
      fix: "leave --options out when the module needs none",
    })
  if (command.path !== undefined && (command.law === undefined || command.seed === undefined))
    problems.push({
      message: "--path alone says nothing",
      expected: "--law and --seed of the same counterexample",
      fix: "copy the whole command that was printed with the counterexample",
    })
  if (command.path !== undefined && !isPath(command.path))
    problems.push({
      message: "--path is not that of a counterexample",
      expected: "whole numbers with colons between them, such as 12:0:3",
      found: JSON.stringify(command.path),
      fix: "copy the whole command that was printed with the counterexample",
    })
  if (problems.length > 0) throw new Failure("usage", problems)
  return { ...command, runs, seed }
}
