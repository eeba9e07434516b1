/** `npm run bench -- NAME [ARGUMENT...]`: measurements that a test cannot make, as they depend on the machine. */

const benches: Readonly<
  Record<
    string,
    { readonly what: string; readonly load: () => Promise<(args: readonly string[]) => unknown> }
  >
> = {
  phantom: {
    what: "[SEED...]   how hard the phantom is: the figures of docs/explanation/phantom.md",
    load: async () => (await import("./phantom.ts")).phantom,
  },
  metrics: {
    what: "[--json]    HD95 against medpy and MONAI: the times of docs/explanation/hd95.md",
    load: async () => (await import("./metrics.ts")).metrics,
  },
  losses: {
    what: "[--json] [--rounds N] [KIND...]   losses against PyTorch and MONAI: docs/explanation/losses-speed.md",
    load: async () => (await import("./losses.ts")).losses,
  },
  exits: {
    what: "[--count N]  whether cells end with the right code, however they end: 200 runs, ten minutes",
    load: async () => (await import("./exits.ts")).exits,
  },
  gamma: {
    what: "            gamma in training: docs/explanation/gamma-in-training.json",
    load: async () => (await import("./gamma.ts")).gamma,
  },
}

const [name, ...args] = process.argv.slice(2)
const bench = name !== undefined && Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench !== undefined)
  try {
    await (await bench.load())(args)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
else {
  const names = Object.entries(benches).map(([known, { what }]) => `  ${known.padEnd(8)} ${what}\n`)
  process.stderr.write(`npm run bench -- NAME [ARGUMENT...]\n\n${names.join("")}`)
  process.exitCode = name === undefined ? 0 : 2
}
