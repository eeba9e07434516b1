/** Keys that mean something to JavaScript objects: refused, whatever a map is for. */
export const reservedKeys: readonly string[] = ["__proto__", "constructor", "prototype"]
