// What people are told when something goes wrong, case by case: docs/reference/errors.md is made of these
// scenarios (`npm run docs`), and errors.test.ts checks every text of theirs. To add one:
// 1. Choose the file of its subject in this folder; a new subject is a new file, listed in subjects.ts.
// 2. `title` says what is wrong, in a few words that no other scenario has: "A key that does not exist".
// 3. `command` is what the reader sees; without `run` it is the real command line that is run (slow: 0.7 s).
// 4. `run` does in this process what that command would do, and throws: call the command's function, or the
//    function that notices. It works in an empty folder, where `files` have been written: give relative paths.
// 5. `kind` is the failure's kind, hence the exit code.
// 6. Nothing shown may vary from machine to machine: the folder is shown as /home/you, the checkout as /losslab;
//    choose what else would vary (host, date, free space) yourself.
import type { FailureKind, Problem } from "../../src/failure/failure.ts"

/** One thing that can go wrong, and how to make it happen. */
export interface Scenario {
  readonly title: string
  /** "losslab run bad.yaml", quoted as for a shell. */
  readonly command: string
  readonly kind: FailureKind
  /** What lies in the folder beforehand. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly run?: () => unknown
}

/** The scenarios of one section of the page. */
export interface Subject {
  readonly title: string
  readonly scenarios: readonly Scenario[]
}

/** What came of a scenario. */
export interface Told extends Scenario {
  readonly exitCode: number | null
  /** As a person sees it. */
  readonly text: string
  /** Null when it came through the command line. */
  readonly problems: readonly Problem[] | null
}
