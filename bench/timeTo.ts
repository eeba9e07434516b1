import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { setTimeout as wait } from "node:timers/promises"

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly environment?: Readonly<Record<string, string>>
}

/** Milliseconds from the start of a program until it has printed a line, or until something else is so that is asked
 *  for every few milliseconds. The program is then asked to end, and has ended.
 *  Throws an Error when it ends before. */
export const timeTo = async (
  { program, args, cwd, environment = {} }: Command,
  sign: { readonly line: (line: string) => boolean } | { readonly seen: () => Promise<boolean> },
): Promise<number> => {
  const start = performance.now()
  const child = spawn(program, [...args], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let stderr = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-2000)
  })
  const closed = once(child, "close").then(() => null)
  const seen = async (): Promise<number> => {
    if ("line" in sign) {
      for await (const line of createInterface({ input: child.stdout }))
        if (sign.line(line)) return performance.now() - start
      return new Promise(() => undefined)
    }
    child.stdout.resume()
    while (child.exitCode === null) {
      if (await sign.seen()) return performance.now() - start
      await wait(5)
    }
    return new Promise(() => undefined)
  }
  const ms = await Promise.race([seen(), closed])
  if (ms === null) throw new Error(`${program} ${args.join(" ").slice(0, 200)} ended too early:\n${stderr}`)
  child.kill("SIGTERM")
  await closed
  return ms
}
