import { copyFileSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { stepsDiffer } from "../../src/commands/doctor/stepComparisons.ts"
import { wrongNumbers } from "../../src/commands/doctor.ts"
import { selectEngine } from "../../src/engine/selectEngine.ts"
import { loadCApi } from "../../src/engine/tensorflow/capi.ts"
import { installTensorflow } from "../../src/engine/tensorflow/install.ts"
import { libraryFiles } from "../../src/engine/tensorflow/library.ts"
import { tensorflowFailure } from "../../src/engine/tensorflow/tensorflowFailure.ts"
import type { Wheel } from "../../src/engine/tensorflow/wheel.ts"
import type { Scenario, Subject } from "./scenario.ts"

const fixture = (name: string): string => join(import.meta.dirname, "../fixtures", name)
const wheel = JSON.parse(readFileSync(fixture("tinyWheel.json"), "utf8")) as Wheel

/** An installation into the current folder, after a download that went as it is told. */
const installed =
  (download: (file: string) => void, environment: NodeJS.ProcessEnv = {}) =>
  () =>
    installTensorflow({
      environment: { HOME: process.cwd(), ...environment },
      wheel,
      download: (into) => {
        const file = join(into, wheel.fileName)
        download(file)
        return Promise.resolve({ file })
      },
    })

const setup = (title: string, more: Partial<Scenario>): Scenario => ({
  title,
  command: "losslab setup-tensorflow",
  kind: "environment",
  ...more,
})

const library = libraryFiles("lib")

export const engines: Subject = {
  title: "Engines",
  scenarios: [
    {
      title: "TensorFlow that is not installed",
      command: "losslab run tiny.yaml --backend tensorflow",
      kind: "environment",
      run: () =>
        selectEngine("tensorflow", { LOSSLAB_TENSORFLOW: "lib", HOME: process.cwd(), PATH: process.cwd() }),
    },
    {
      title: "A library that does not load",
      command: "losslab doctor --backend tensorflow",
      kind: "environment",
      files: { [library.framework]: "not a library", [library.main]: "not a library" },
      run: () => loadCApi({ folder: "lib", origin: "LOSSLAB_TENSORFLOW" }),
    },
    {
      title: "An engine that computes wrong numbers",
      command: "losslab doctor",
      kind: "check",
      run: () => {
        throw wrongNumbers({ name: "tensorflow" }, { maxDifference: 0.5 })
      },
    },
    {
      title: "A compiled step that differs from the step operation by operation",
      command: "losslab doctor --engine",
      kind: "check",
      run: () => {
        const different = { where: "step 1: loss", relative: 0.5, arrays: 1, of: 70 }
        const milliseconds = { eager: 20, compiled: 10 }
        const numbers = { loss: 0.7, gradientNorm: 1, milliseconds }
        throw stepsDiffer([
          { part: "loss", name: "bce", whyEager: null, difference: different, ...numbers, passed: false },
        ])
      },
    },
    setup("A download that is not the pinned one", {
      run: installed((file) => writeFileSync(file, "something else")),
    }),
    setup("A cache that cannot be written", {
      files: { cache: "a file" },
      run: installed((file) => copyFileSync(fixture("tinyWheel.whl"), file), { XDG_CACHE_HOME: "cache" }),
    }),
    {
      title: "Too little memory for a step",
      command: "losslab run wide.yaml",
      kind: "environment",
      run: () => {
        throw tensorflowFailure("Conv2D", 8, "OOM when allocating tensor", ["float32 [64, 1024, 1024, 16]"])
      },
    },
  ],
}
