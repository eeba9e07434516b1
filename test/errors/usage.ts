import { cellCommand } from "../../src/commands/cell.ts"
import { tinyExperiment } from "../support/experimentFiles.ts"
import type { Scenario, Subject } from "./scenario.ts"

const cell = (plan: string, index: number) => () =>
  cellCommand({ plan, index, loadOnly: false, supervised: false, profile: false })

const wrong = (title: string, command: string, more: Partial<Scenario> = {}): Scenario => ({
  title,
  command: `losslab ${command}`.trimEnd(),
  kind: "usage",
  ...more,
})

export const usage: Subject = {
  title: "The command line",
  scenarios: [
    wrong("No verb", ""),
    wrong("A misspelt verb", "rnu tiny.yaml"),
    wrong("A misspelt option", "run tiny.yaml --bakend javascript"),
    wrong("An option without its value", "run tiny.yaml --set"),
    wrong("A choice that there is not", "run tiny.yaml --backend torch"),
    wrong("A missing file name", "run"),
    wrong("A word too many", "show tiny.yaml other.yaml"),
    wrong("An option that must be given", "loss bce --logits z.npy"),
    wrong("An empty folder name", "run tiny.yaml --out ''", { files: { "tiny.yaml": tinyExperiment } }),
    wrong("An index that is no number", "cell --plan plan.json --index first"),
    wrong("A plan that is absent", "cell --plan plan.json --index 0", { run: cell("plan.json", 0) }),
    wrong("A plan that is no JSON", "cell --plan tiny.yaml --index 0", {
      files: { "tiny.yaml": tinyExperiment },
      run: cell("tiny.yaml", 0),
    }),
    wrong("A plan of another format", "cell --plan plan.json --index 0", {
      files: { "plan.json": '{ "format": 2 }' },
      run: cell("plan.json", 0),
    }),
    wrong("A cell that the plan does not have", "cell --plan plan.json --index 7", {
      files: { "plan.json": '{ "format": 1, "cells": [{}, {}] }' },
      run: cell("plan.json", 7),
    }),
  ],
}
