/** One thing that is wrong, as data; its text is computed by renderProblem. */
export interface Problem {
  /** What is wrong, one sentence without a full stop: "unknown key `gama` in train.loss". */
  readonly message: string
  /** The file it is in; or "--set train.epochs=0" when it came from the command line. */
  readonly file?: string
  /** One-based. */
  readonly line?: number
  /** One-based. */
  readonly column?: number
  /** Where in the experiment ("train.loss.gamma"), or in the data ("case microUS_train_03"). */
  readonly path?: string
  readonly expected?: string
  readonly found?: string
  /** The nearest valid word: "gamma". */
  readonly suggestion?: string
  /** Which layer set the value: "experiments/base/phantom.yaml (extended by experiments/adaptive.yaml)". */
  readonly setBy?: string
  /** What to do about it. */
  readonly fix?: string
  /** Source lines around the place, with a caret line. */
  readonly snippet?: string
}

/** Why a command or a cell ended badly; each kind has its own exit code (exitCode.ts). */
export type FailureKind =
  | "usage"
  | "config"
  | "data"
  | "numerics"
  | "environment"
  | "check"
  | "bug"
  | "interrupted"

/** The one error type that reaches people: a kind, which decides the exit code, and every problem at once. */
export class Failure extends Error {
  readonly _tag = "Failure"
  readonly kind: FailureKind
  readonly problems: readonly Problem[]

  constructor(kind: FailureKind, problems: readonly Problem[], options?: { readonly cause?: unknown }) {
    super(problems.map((problem) => problem.message).join("; "), options)
    this.name = "Failure"
    this.kind = kind
    this.problems = problems
  }
}

/** A failure with a single problem. */
export const failure = (kind: FailureKind, problem: Problem, cause?: unknown): Failure =>
  new Failure(kind, [problem], cause === undefined ? undefined : { cause })
