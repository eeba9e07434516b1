import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { writeFileAtomic } from "../../src/system/atomicWrite.ts"
import { changeOf } from "./fault.ts"
import type { Hunt } from "./hunt.ts"

/** A fault that nothing noticed. */
export interface Survivor {
  readonly file: string
  /** When it was found; the line's text finds it again. */
  readonly line: number
  readonly code: string
  readonly change: string
  /** Equivalent: no input shows it. Accepted: it may stay, for the reason. Open: nobody has looked yet. */
  readonly verdict: "equivalent" | "accepted" | "open"
  readonly reason: string
}

/** What is known of a room, from its last whole run. */
export interface RoomRecord {
  readonly seed: number
  readonly planted: number
  readonly noticed: number
  /** Of the noticed, those whose tests did not come to their end. */
  readonly endless: number
  readonly seconds: number
  readonly survivors: readonly Survivor[]
}

/** Of the faults that are not equivalent, the share that was noticed; all of none. */
export const shareOf = ({ planted, noticed, survivors }: RoomRecord): number => {
  const counted = planted - survivors.filter(({ verdict }) => verdict === "equivalent").length
  return counted === 0 ? 1 : noticed / counted
}

export type Records = Readonly<Record<string, RoomRecord>>

export const recordPath = "tools/mutants/record.json"

export const readRecord = (root: string): Records => {
  const file = join(root, recordPath)
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Records) : {}
}

export const writeRecord = async (root: string, records: Records): Promise<void> => {
  const sorted = Object.fromEntries(Object.entries(records).sort(([a], [b]) => (a < b ? -1 : 1)))
  await writeFileAtomic(join(root, recordPath), `${JSON.stringify(sorted, null, 2)}\n`)
}

const identity = ({ file, code, change }: Survivor): string => JSON.stringify([file, code, change])

/** The records with a room's run in the place of its former one; what had been said of a survivor is kept. */
export const record = (
  records: Records,
  { room, seed, hunt, textOf }: { room: string; seed: number; hunt: Hunt; textOf: (file: string) => string },
): Records => {
  const known = new Map(
    Object.values(records).flatMap(({ survivors }) => survivors.map((one) => [identity(one), one])),
  )
  const survivors = hunt.verdicts
    .filter(({ noticedBy }) => noticedBy === null)
    .map(({ fault }): Survivor => {
      const code = textOf(fault.file).split("\n")[fault.line - 1]!.trim()
      const found: Survivor = {
        ...{ file: fault.file, line: fault.line, code, change: changeOf(fault) },
        ...{ verdict: "open", reason: "" },
      }
      const before = known.get(identity(found))
      return before === undefined ? found : { ...before, line: fault.line }
    })
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
  const noticed = hunt.verdicts.filter(({ noticedBy }) => noticedBy !== null)
  return {
    ...records,
    [room]: {
      seed,
      planted: hunt.verdicts.length,
      noticed: noticed.length,
      endless: noticed.filter(({ noticedBy }) => noticedBy === "endless").length,
      seconds: Math.round(hunt.seconds),
      survivors,
    },
  }
}
