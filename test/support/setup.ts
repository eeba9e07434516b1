import fc from "fast-check"

// One seed in CI, so that a red build can be repeated; elsewhere every run explores.
if (process.env.CI !== undefined) fc.configureGlobal({ seed: 20240827 })
