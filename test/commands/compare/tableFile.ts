import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { compare } from "../../../src/commands/compare.ts"
import { emptyFolder } from "../../data/support/refusal.ts"

/** A file of this text or these bytes, in a folder of its own. */
export const tableFile = async (content: string | Uint8Array): Promise<string> => {
  const file = join(await emptyFolder(), "table.csv")
  await writeFile(file, content)
  return file
}

interface Asked {
  readonly metric?: string
  readonly baseline?: string
}

const printed = async (files: readonly string[], asked: Asked, json: boolean): Promise<string> => {
  let text = ""
  await compare(files, {
    ...asked,
    json,
    out: (part) => {
      text += part
    },
  })
  return text
}

/** What `losslab compare` prints for people. */
export const comparedAsText = (file: string, asked: Asked = {}): Promise<string> =>
  printed([file], asked, false)

export interface PairJson {
  readonly first: string
  readonly second: string
  readonly n: number
  readonly dropped: number
  readonly meanDifference: number
  readonly medianDifference: number
  readonly confidenceInterval: readonly [number, number]
  readonly firstBetter: number
  readonly secondBetter: number
  readonly ties: number
  readonly wilcoxonP: number
  readonly pairedTP: number
  readonly holmP: number
  readonly rankBiserial: number
}

export interface ComparedJson {
  readonly metric: string | null
  readonly methods: readonly string[]
  readonly n: number
  readonly pairs: readonly PairJson[]
  readonly friedmanP: number | null
  readonly summary: Readonly<
    Record<
      string,
      { readonly n: number; readonly mean: number; readonly sd: number; readonly median: number }
    >
  >
}

/** What `losslab compare --json` prints, metric by metric. */
export const comparedAsJson = async (
  file: string | readonly string[],
  asked: Asked = {},
): Promise<readonly ComparedJson[]> => {
  const object = JSON.parse(await printed([file].flat(), asked, true)) as
    | ComparedJson
    | { readonly metrics: readonly ComparedJson[] }
  return "metrics" in object ? object.metrics : [object]
}
