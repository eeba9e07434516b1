import { Option } from "commander"
import { backends } from "../engine/engine.ts"
import { failure } from "../failure/failure.ts"

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value]

export const setOption = () =>
  new Option("--set <path=value>", "override a value of the experiment; may be given more than once")
    .argParser(collect)
    .default([], "nothing")

/** An empty name is a variable of the shell that is not set; it must not silently mean the default. */
export const folder = (text: string): string => {
  if (text !== "") return text
  throw failure("usage", {
    message: "--out names no folder",
    found: '""',
    fix: "name a folder, or leave the option out to get the default",
  })
}

/** A path that must be named, for the same reason. */
export const named =
  (option: string) =>
  (text: string): string => {
    if (text !== "") return text
    throw failure("usage", { message: `${option} names nothing`, found: '""' })
  }

export const outOption = () =>
  new Option("--out <folder>", "run directory (default: runs/<name>)").argParser(folder)
export const backendOption = () =>
  new Option("--backend <engine>", "tensor engine").choices([...backends]).default("auto")
export const profileOption = () =>
  new Option("--profile", "write what takes the time of each cell into its profile.json").default(false)
export const jsonOption = () =>
  new Option("--json", "one JSON object on stdout and nothing else").default(false)

export const index = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text)
  throw failure("usage", {
    message: "--index is not the number of a cell",
    expected: "a whole number, 0 or more",
    found: JSON.stringify(text),
    fix: "count from 0, in the order of the plan's cells",
  })
}
