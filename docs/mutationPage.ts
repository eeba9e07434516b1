import { type Records, type RoomRecord, type Survivor, shareOf } from "../tools/mutants/record.ts"
import { marked } from "./marked.ts"

export const mutationPath = "docs/reference/mutation.md"

const cell = (text: string): string => text.replaceAll("|", "\\|")

const code = (text: string): string => `\`\` ${cell(text)} \`\``

const longest = 120

const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}...` : text)

const equivalentsOf = ({ survivors }: RoomRecord): number =>
  survivors.filter(({ verdict }) => verdict === "equivalent").length

const row = (name: string, room: RoomRecord): string => {
  const equivalent = equivalentsOf(room)
  const left = room.survivors.length - equivalent
  const share = `${(100 * shareOf(room)).toFixed(1)} %`
  return `| ${[name, room.planted, room.noticed, equivalent, left, share, `${room.seconds} s`].join(" | ")} |`
}

const sum = (rooms: readonly RoomRecord[]): RoomRecord => {
  const total = (of: (room: RoomRecord) => number) => rooms.reduce((all, room) => all + of(room), 0)
  return {
    seed: 0,
    planted: total(({ planted }) => planted),
    noticed: total(({ noticed }) => noticed),
    endless: total(({ endless }) => endless),
    seconds: total(({ seconds }) => seconds),
    survivors: rooms.flatMap(({ survivors }) => survivors),
  }
}

const survivorRow = ({ file, line, change, verdict, reason }: Survivor): string =>
  `| \`${file}:${line}\` | ${code(shortened(change))} | ${verdict}${reason === "" ? "" : `: ${cell(reason)}`} |`

/** The table of faults by room and the survivors, as Markdown. */
export const mutationPage = (records: Records): string => {
  const rooms = Object.entries(records)
  const all = sum(rooms.map(([, room]) => room))
  return marked(`# Faults that the tests notice

\`npm run mutants -- --record\` plants one-line faults all over \`src/\`, one at a time, drawn by a seed: a bound off by one,
a condition taken for true, a sign, a constant, a field or an argument that is left out, a call that is forgotten. It runs
the tests that touch the file, nearest first (those of the room that reach it and those anywhere that import it; where there
are none, the nearest), for as many of them as take a minute without the fault, and keeps what came of it. So a survivor may still be noticed by a
test farther away. Losses have a table of hand-made faults as well: [mutants](mutants.md). How to use it while you write:
[CONTRIBUTING](../../CONTRIBUTING.md). Lines are those of the day of the run.

*Equivalent* is a fault that no input shows; *accepted* one that may stay unnoticed, for the reason given. The share is that of
the faults that are not equivalent.

| room of \`src/\` | planted | noticed | equivalent | other survivors | share | time |
| --- | --- | --- | --- | --- | --- | --- |
${[...rooms.map(([name, room]) => row(name, room)), row("**all**", all)].join("\n")}

${all.endless} of the noticed were noticed by tests that did not come to their end.

## Survivors

| place | fault | why it may be there |
| --- | --- | --- |
${all.survivors.map(survivorRow).join("\n")}
`)
}
