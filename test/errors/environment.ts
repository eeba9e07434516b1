import { schema } from "../../src/commands/schema.ts"
import { verifiedFolder } from "../../src/system/verifiedFolder.ts"
import { tinyExperiment } from "../support/experimentFiles.ts"
import { firstCell } from "./firstCell.ts"
import type { Subject } from "./scenario.ts"

/** What the system says, where it cannot be made to say it. */
const systemError = (code: string, message: string) => () => {
  throw Object.assign(new Error(`${code}: ${message}`), { code })
}

export const environment: Subject = {
  title: "The environment",
  scenarios: [
    {
      title: "A full disk",
      command: "losslab schema > schema.json",
      kind: "environment",
      run: systemError("ENOSPC", "no space left on device, write"),
    },
    {
      title: "A folder below a file",
      command: "losslab schema --out notes.txt/schemas",
      kind: "environment",
      files: { "notes.txt": "notes" },
      run: () => schema({ folder: "notes.txt/schemas", out: () => undefined }),
    },
    {
      title: "A cache of phantoms that cannot be made",
      command: "losslab run tiny.yaml",
      kind: "environment",
      files: { ".losslab/phantom": "a file" },
      run: () => verifiedFolder(".losslab/phantom/0123456789abcdef", () => Promise.resolve()),
    },
    {
      title: "A store that cannot be made",
      command: "losslab run tiny.yaml",
      kind: "environment",
      files: { "tiny.yaml": tinyExperiment, ".losslab/store": "a file" },
      run: firstCell("tiny.yaml", "data"),
    },
    {
      title: "A fault of losslab",
      command: "losslab show tiny.yaml",
      kind: "bug",
      run: () => {
        throw new TypeError("entry is not a function")
      },
    },
  ],
}
