/** An error of the operating system, in our words. */
export interface SystemError {
  /** What is wrong: "the disk is full". */
  readonly message: string
  /** What a person can do about it. */
  readonly fix: string
}

const noPermission: SystemError = {
  message: "there is no permission",
  fix: "choose a folder that you may write to, or mend its permissions",
}

const errors: Readonly<Record<string, SystemError>> = {
  ENOENT: {
    message: "there is no such file or folder",
    fix: "create the folder first, or choose another one",
  },
  ENOSPC: { message: "the disk is full", fix: "free some disk space" },
  EDQUOT: { message: "the disk quota is used up", fix: "free some of your disk quota" },
  EROFS: { message: "the disk is read-only", fix: "choose a folder on a disk that is not read-only" },
  EACCES: noPermission,
  EPERM: noPermission,
  EMFILE: { message: "too many files are open", fix: "raise the limit of open files (ulimit -n)" },
  ENOTDIR: { message: "a part of the path is a file", fix: "choose another folder" },
  EEXIST: { message: "something else stands at this path", fix: "choose another folder" },
  EIO: { message: "the disk reports an error", fix: "check the disk, or choose another one" },
}

/** What to say of an error of the operating system; undefined when it is not one to be expected. */
export const systemError = (error: unknown): SystemError | undefined => {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === "string" ? errors[code] : undefined
}

/** What an error says: in our words when it is the system's, since Node's name paths that nobody asked for. */
export const reasonOf = (error: unknown): string =>
  systemError(error)?.message ?? (error instanceof Error ? error.message : String(error))
