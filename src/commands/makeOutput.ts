import { constants } from "node:fs"
import { access } from "node:fs/promises"
import { join } from "node:path"
import { failure } from "../failure/failure.ts"
import { reasonOf } from "../failure/systemError.ts"
import { makeFolder } from "../system/makeFolder.ts"

/** Makes the output directory and the one below it that is named, and sees that they can be written: better before
 *  the work than after it.
 *  @param what it is called in the problem: "run directory"
 *  Throws Failure("environment"). */
export const makeOutput = async (what: string, folder: string, below: string): Promise<void> => {
  try {
    await makeFolder(join(folder, below))
    await access(folder, constants.W_OK)
    await access(join(folder, below), constants.W_OK)
  } catch (error) {
    throw failure(
      "environment",
      {
        file: folder,
        message: `the ${what} cannot be written`,
        found: reasonOf(error),
        fix: "choose another directory with --out, or mend its permissions",
      },
      error,
    )
  }
}
