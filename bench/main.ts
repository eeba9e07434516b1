/** `npm run bench`: measurements that a test cannot make, as they depend on the machine. All that have a peer, or one:
 *  `npm run bench -- NAME [ARGUMENT...]`. */

import { benches } from "./benches.ts"
import { suite } from "./suite.ts"

const [name, ...args] = process.argv.slice(2)

const usage = (): string => {
  const names = Object.entries(benches).map(([known, { what }]) => `  ${known.padEnd(10)} ${what}\n`)
  return `npm run bench -- [--quick] [--json FILE]   all that have a peer
npm run bench -- NAME [ARGUMENT...]\n\n${names.join("")}`
}

try {
  if (name === undefined || name === "--quick" || name === "--json") {
    if (!(await suite(process.argv.slice(2)))) process.exitCode = 1
  } else if (Object.hasOwn(benches, name)) await (await benches[name]!.load())(args)
  else {
    process.stderr.write(usage())
    process.exitCode = name === "--help" ? 0 : 2
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
