/** A word as a shell takes it back whole: quoted when it needs it. */
export const shellQuoted = (word: string): string =>
  /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
