import { commentedYaml } from "../config/experiment/commentedYaml.ts"
import { loadExperiment } from "../config/experiment/loadExperiment.ts"
import { originsOf, resolvedExperiment } from "../config/experiment/valueOrigins.ts"
import { Failure } from "../failure/failure.ts"

export interface ShowOptions {
  /** One JSON object instead of YAML. */
  readonly json: boolean
  readonly out: (text: string) => void
}

/** Prints the resolved experiment, every default filled in, and where each value comes from.
 *  Throws Failure("config"). */
export const show = async (
  file: string,
  sets: readonly string[],
  { json, out }: ShowOptions,
): Promise<void> => {
  const loaded = loadExperiment(file, sets)
  if (loaded._tag === "Left") throw new Failure("config", loaded.left)
  const experiment = resolvedExperiment(loaded.right)
  const origins = originsOf(loaded.right)
  if (!json) return out(commentedYaml(experiment, origins))
  const byPath = Object.fromEntries(origins.map(({ path, origin }) => [path.join("."), origin]))
  const cells = loaded.right.cells.map(({ label }) => label)
  out(`${JSON.stringify({ file, experiment, origins: byPath, cells })}\n`)
}
