const fixes: Readonly<Record<string, string>> = {
  ENOENT: "create the folder first, or choose another one",
  ENOSPC: "free some disk space",
  EDQUOT: "free some of your disk quota",
  EROFS: "choose a folder on a disk that is not read-only",
  EACCES: "choose a folder that you may write to, or mend its permissions",
  EPERM: "choose a folder that you may write to, or mend its permissions",
  EMFILE: "raise the limit of open files (ulimit -n)",
  ENOTDIR: "a part of this path is a file: choose another folder",
  EEXIST: "something else stands at this path: choose another folder",
  EIO: "the disk reports an error: check it, or choose another one",
}

/** What a person can do about an error of the operating system; undefined when it is not one to be expected. */
export const systemFix = (code: string | undefined): string | undefined =>
  code === undefined ? undefined : fixes[code]
