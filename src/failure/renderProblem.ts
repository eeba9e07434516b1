import type { Problem } from "./failure.ts"
import { printable } from "./printable.ts"

export interface RenderOptions {
  /** With the escape sequences of terminals. */
  readonly colour?: boolean
}

/** A problem for people:
 *
 *      experiments/adaptive.yaml:14:5  train.loss.gama: unknown key
 *        13 |   loss:
 *        14 |     gama: 2
 *           |     ^^^^
 *        expected: one of `kernel`, `gamma`
 *        did you mean `gamma`?
 *        set by: experiments/base/phantom.yaml (extended by experiments/adaptive.yaml)
 *        fix: ...
 *
 *  Whatever a file or a user put in, no character of it can move the cursor or reorder the line. */
export const renderProblem = (problem: Problem, { colour = false }: RenderOptions = {}): string => {
  const styled = (code: number, text: string): string => (colour ? `\x1b[${code}m${text}\x1b[0m` : text)
  const { message, path, expected, found, suggestion, setBy, file, fix, snippet } = problem
  const place = placeOf(problem)
  const details: readonly (readonly [name: string, text: string | undefined])[] = [
    ["at:", path !== undefined && message.includes(path) ? undefined : path],
    ["expected:", expected],
    ["found:", found],
    ["did you mean", suggestion && `\`${suggestion}\`?`],
    ["set by:", setBy === file ? undefined : setBy],
    ["fix:", fix],
  ]
  return [
    (place && `${styled(bold, printable(place))}  `) + styled(red, printable(message)),
    ...(snippet?.split("\n").map(printable) ?? []),
    ...details.flatMap(([name, text]) => (text ? [`  ${styled(dim, name)} ${printable(text)}`] : [])),
  ].join("\n")
}

/** Problems one below the other, and how many there are. */
export const renderProblems = (problems: readonly Problem[], options: RenderOptions = {}): string =>
  [
    ...problems.map((problem) => renderProblem(problem, options)),
    ...(problems.length > 1 ? [`${problems.length} problems`] : []),
  ].join("\n\n")

/** Problems for programs, as one line of JSON: what `--json` writes to stderr. What a problem lacks is null. */
export const problemsJson = (problems: readonly Problem[]): string =>
  JSON.stringify({
    problems: problems.map(
      ({ file = null, line = null, column = null, path = null, message, expected = null, found = null }) => ({
        file,
        line,
        column,
        path,
        message,
        expected,
        found,
      }),
    ),
  })

const bold = 1
const dim = 2
const red = 31

/** "file:line:column", as editors and terminals can open it; a `--set` is one line, and shown whole. */
const placeOf = ({ file, line, column }: Problem): string =>
  file === undefined || line === undefined || file.startsWith("--set ")
    ? (file ?? "")
    : [file, line, ...(column === undefined ? [] : [column])].join(":")
