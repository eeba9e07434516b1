import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/ownTemporary.ts"],
    setupFiles: ["test/support/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    // What hangs is found by these; what is slow on a busy machine is not.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
