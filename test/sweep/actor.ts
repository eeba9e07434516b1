/** What node is given to play a cell's process: `say` writes an event for the parent, `argv` holds the words after
 *  losslab, `stay()` keeps the process alive until a signal ends it. Starts in a twentieth of the time of losslab.
 *  @param part JavaScript */
export const actor = (part: string): readonly string[] => [
  "--input-type=module",
  "-e",
  `import { appendFileSync, fstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
const argv = process.argv.slice(1)
const say = (event) => console.log(JSON.stringify(event))
const finish = () => say({ event: "finished", seconds: 1 })
const fail = (kind, ...messages) => say({ event: "failed", kind, problems: messages.map((message) => ({ message })) })
const stay = () => new Promise(() => setInterval(() => undefined, 1e6))
${part}`,
]
