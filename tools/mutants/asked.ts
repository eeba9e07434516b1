import { relative, resolve } from "node:path"
import { parseArgs } from "node:util"
import { roomOf } from "./rooms.ts"

export const usage = `npm run mutants -- [FOLDER|FILE]... [--sample N] [--seed S] [--jobs N] [--record]
  plants faults in the files, one at a time, and runs the tests that touch them
  FOLDER|FILE  of src/, "src/metrics" or "metrics"; everything unless given
  --sample N   so many faults of each room; one on every line that has one unless given
  --seed S     decides which (1)
  --jobs N     tests of so many faults side by side (2)
  --record     keep the numbers of the rooms for docs/reference/mutation.md (whole rooms only)`

/** What the command line asks for that cannot be done. */
export class UsageError extends Error {}

export interface Asked {
  readonly files: readonly string[]
  readonly sample: number | undefined
  readonly seed: number
  readonly jobs: number
  readonly record: boolean
}

const whole = (text: string, name: string): number => {
  if (/^\d+$/.test(text) && Number(text) >= 1) return Number(text)
  throw new UsageError(`--${name} takes a whole number from 1 on, not ${text}`)
}

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        sample: { type: "string" },
        seed: { type: "string", default: "1" },
        jobs: { type: "string", default: "2" },
        record: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** The files at a place, "src/metrics", "metrics" or "metrics/dice.ts". */
const filesAt = (place: string, all: readonly string[]): readonly string[] => {
  const path = relative("/", resolve("/", "src", place.replace(/^src(\/|$)/, "")))
  const found = all.filter((file) => file === path || file.startsWith(`${path}/`))
  if (found.length === 0) throw new UsageError(`no file of src/ is at ${place}`)
  return found
}

/** What a command line asks for; null when it asks for help.
 *  @param all the files of src/  Throws UsageError. */
export const askedFor = (args: readonly string[], all: readonly string[]): Asked | null => {
  const { values, positionals } = parsed(args)
  if (values.help) return null
  const chosen = new Set(positionals.flatMap((place) => filesAt(place, all)))
  const files = positionals.length === 0 ? all : all.filter((file) => chosen.has(file))
  const rooms = new Set(files.map(roomOf))
  const part = all.find((file) => rooms.has(roomOf(file)) && !files.includes(file))
  if (values.record && part !== undefined)
    throw new UsageError(
      `--record keeps whole rooms, and ${part} of ${roomOf(part)} is not among what is asked for`,
    )
  return {
    files,
    sample: values.sample === undefined ? undefined : whole(values.sample, "sample"),
    seed: whole(values.seed, "seed"),
    jobs: whole(values.jobs, "jobs"),
    record: values.record,
  }
}
