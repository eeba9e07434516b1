export interface Bench {
  /** Its arguments, and what it measures. */
  readonly what: string
  readonly load: () => Promise<(args: readonly string[]) => unknown>
}

/** Every benchmark by its name, each loaded when it is run. */
export const benches: Readonly<Record<string, Bench>> = {
  step: {
    what: "[--json] [--quick] [--rounds N] [CASE...]   a training step against PyTorch",
    load: async () => (await import("./step.ts")).step,
  },
  forward: {
    what: "[--json] [--quick] [--rounds N] [CASE...]   a forward pass in evaluation against PyTorch",
    load: async () => (await import("./forward.ts")).forward,
  },
  losses: {
    what: "[--json] [--quick] [--rounds N] [KIND...]   losses against PyTorch and MONAI: docs/explanation/losses-speed.md",
    load: async () => (await import("./losses.ts")).losses,
  },
  metrics: {
    what: "[--json] [--quick]   HD95 against medpy and MONAI: the times of docs/explanation/hd95.md",
    load: async () => (await import("./metrics.ts")).metrics,
  },
  augmentation: {
    what: "[--json] [--quick] [--rounds N] [NAME...]   augmentations against MONAI",
    load: async () => (await import("./augmentation.ts")).augmentation,
  },
  loader: {
    what: "[--json] [--quick] [--rounds N] [VOLUME...]   reading volumes against nibabel",
    load: async () => (await import("./loader.ts")).loader,
  },
  kernels: {
    what: "[--json] [--quick] [--rounds N] [NAME...]   operations against tfjs's and PyTorch's: docs/explanation/kernels.md",
    load: async () => (await import("./kernels.ts")).kernels,
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
    what: "[--json] [--quick] [--epochs N] [--rounds N] [--workers N]   experiments/adaptive.yaml by PyTorch",
    load: async () => (await import("./experiment.ts")).experiment,
  },
  exits: {
    what: "[--count N]   whether cells end with the right code, however they end: 200 runs, ten minutes",
    load: async () => (await import("./exits.ts")).exits,
  },
  phantom: {
    what: "[SEED...]   how hard the phantom is: the figures of docs/explanation/phantom.md",
    load: async () => (await import("./phantom.ts")).phantom,
  },
  gamma: {
    what: "gamma in training: docs/explanation/gamma-in-training.json",
    load: async () => (await import("./gamma.ts")).gamma,
  },
}

/** What the whole suite runs, in this order: all that is timed against another program. */
export const suiteNames: readonly string[] = [
  "step",
  "forward",
  "augmentation",
  "metrics",
  "loader",
  "losses",
  "kernels",
  "startUp",
  "memory",
  "experiment",
]
