import { Failure, failure } from "./failure.ts"

const environmentCodes: Readonly<Record<string, string>> = {
  ENOSPC: "free some disk space",
  EDQUOT: "free some of your disk quota",
  EROFS: "choose a writable folder with --out",
  EACCES: "choose a folder you may write to with --out, or mend its permissions",
  EPERM: "choose a folder you may write to with --out, or mend its permissions",
  EMFILE: "raise the limit of open files (ulimit -n)",
  ENOTDIR: "a part of this path is a file: choose another folder with --out",
  EEXIST: "something else stands at this path: choose another folder with --out",
  EIO: "the disk reports an error: check it, or choose another one",
}

/** What a stage fails with: its own Failure as it is, the system's errors as the environment's, the rest as a bug. */
export const toFailure = (error: unknown): Failure => {
  if (error instanceof Failure) return error
  const { code, path } = (error ?? {}) as { code?: string; path?: string }
  const message = error instanceof Error ? error.message : String(error)
  const fix = code === undefined ? undefined : environmentCodes[code]
  if (fix === undefined) return failure("bug", { message: `losslab failed unexpectedly: ${message}` }, error)
  return failure("environment", { message, ...(path === undefined ? {} : { file: path }), fix }, error)
}
