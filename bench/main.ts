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
  step: {
    what: "[--json] [--quick] [--rounds N] [CASE...]   a training step against PyTorch",
    load: async () => (await import("./step.ts")).step,
  },
  forward: {
    what: "[--json] [--quick] [--rounds N] [CASE...]   a forward pass in evaluation against PyTorch",
    load: async () => (await import("./forward.ts")).forward,
  },
  startUp: {
    what: "[--json] [--quick] [--rounds N]   from the command to the first step, against PyTorch",
    load: async () => (await import("./startUp.ts")).startUp,
  },
  memory: {
    what: "[--json] [--quick] [--steps N] [--long N]   peak of the memory against PyTorch, and its course",
    load: async () => (await import("./memory.ts")).memory,
  },
  experiment: {
    what: "[--json] [--quick] [--epochs N] [--workers N]   experiments/adaptive.yaml against a PyTorch script",
    load: async () => (await import("./experiment.ts")).experiment,
  },
  losses: {
    what: "[--json] [--rounds N] [KIND...]   losses against PyTorch and MONAI: docs/explanation/losses-speed.md",
    load: async () => (await import("./losses.ts")).losses,
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
