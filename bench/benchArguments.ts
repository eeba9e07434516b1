export interface BenchArguments<Name extends string> {
  /** One JSON object instead of the table. */
  readonly json: boolean
  /** A short pass: that it works, not how fast it is. */
  readonly quick: boolean
  readonly numbers: Readonly<Record<Name, number>>
  /** What is to be measured; all that is known when nothing is named. */
  readonly names: readonly string[]
}

/** Reads "[--json] [--quick] [--NUMBER N]... [NAME...]". Throws an Error with the usage for anything else.
 *  @param defaults of the numbers, integers from 0 */
export const benchArguments = <Name extends string>(
  bench: string,
  args: readonly string[],
  defaults: Readonly<Record<Name, number>>,
  known: readonly string[] = [],
): BenchArguments<Name> => {
  const numbers: Record<string, number> = { ...defaults }
  const names: string[] = []
  const unknown: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === "--json" || arg === "--quick") continue
    const name = arg.replace(/^--/, "")
    if (arg.startsWith("--") && Object.hasOwn(defaults, name)) {
      numbers[name] = Number(args[++i])
      if (!Number.isInteger(numbers[name]) || numbers[name] < 0) unknown.push(`${arg} ${args[i]}`)
    } else (known.includes(arg) ? names : unknown).push(arg)
  }
  if (unknown.length > 0) {
    const options = ["--json", "--quick", ...Object.keys(defaults).map((name) => `--${name} N`)]
    const usage = `npm run bench -- ${bench} ${options.map((option) => `[${option}]`).join(" ")}`
    throw new Error(`${usage} ${known.join(" ")}\nunknown: ${unknown.join(" ")}`)
  }
  return {
    json: args.includes("--json"),
    quick: args.includes("--quick"),
    numbers: numbers as Record<Name, number>,
    names: names.length > 0 ? names : known,
  }
}
