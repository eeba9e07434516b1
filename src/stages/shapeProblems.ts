import type { Problem } from "../failure/failure.ts"

type Shapes = Readonly<Record<string, readonly number[]>>

const shown = (shape: readonly number[]) => `shape [${shape.join(", ")}]`

/** Every path that is missing, superfluous, or of another shape.
 *  @param what is looked at: "the train state"
 *  @param more what every problem says, too: the file, the fix */
export const shapeProblems = (
  what: string,
  expected: Shapes,
  found: Shapes,
  more: Pick<Problem, "file" | "fix">,
): Problem[] => [
  ...Object.entries(expected).flatMap(([path, shape]): Problem[] => {
    const other = Object.hasOwn(found, path) ? found[path] : undefined
    if (other === undefined)
      return [{ message: `${what} lacks ${path}`, path, expected: shown(shape), found: "nothing", ...more }]
    if (shown(other) === shown(shape)) return []
    return [
      { message: `${path} has another shape`, path, expected: shown(shape), found: shown(other), ...more },
    ]
  }),
  ...Object.keys(found)
    .filter((path) => !Object.hasOwn(expected, path))
    .map((path) => ({
      message: `${what} has ${path}, which nothing asks for`,
      path,
      expected: "no such path",
      found: path,
      ...more,
    })),
]
