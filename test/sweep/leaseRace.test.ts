import { hostname } from "node:os"
import { basename } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { takeLease } from "../../src/sweep/lease.ts"
import { advance, currentTask, everyOrder, isWaiting, start, step } from "./interleavings.ts"

/** A folder in memory: name -> file. Two names may have one file. */
const folder = new Map<string, { readonly text: string }>()
/** The processes that live; ids beyond those that the system gives. */
const living = new Set<number>()
/** What the system answers to a link, when it makes none. */
let refusal: string | undefined
const pidOf = (task: number): number => 2 ** 22 + 10 + task

const fail = (code: string): never => {
  throw Object.assign(new Error(code), { code })
}

vi.mock("node:fs/promises", () => ({
  writeFile: (file: string, text: string) => step(() => void folder.set(basename(file), { text })),
  readFile: (file: string) => step(() => (folder.get(basename(file)) ?? fail("ENOENT")).text),
  link: (from: string, to: string) =>
    step(() => {
      if (refusal !== undefined) fail(refusal)
      if (folder.has(basename(to))) fail("EEXIST")
      folder.set(basename(to), folder.get(basename(from)) ?? fail("ENOENT"))
    }),
  rename: (from: string, to: string) =>
    step(() => {
      const file = folder.get(basename(from)) ?? fail("ENOENT")
      if (folder.get(basename(to)) === file) return // As POSIX has it: both names stay.
      folder.set(basename(to), file)
      folder.delete(basename(from))
    }),
  rm: (file: string) => step(() => void folder.delete(basename(file))),
}))
vi.mock("../../src/system/processAlive.ts", () => ({ processAlive: (pid: number) => living.has(pid) }))

const own = Object.getOwnPropertyDescriptor(process, "pid")!
beforeAll(
  () => void Object.defineProperty(process, "pid", { configurable: true, get: () => pidOf(currentTask()) }),
)
afterAll(() => void Object.defineProperty(process, "pid", own))

const dead = JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1, startTicks: null, since: "2026" })

/** The folder, with this lease in it, before all contenders live. */
const begin = (contenders: number, lease?: string) => {
  folder.clear()
  living.clear()
  if (lease !== undefined) folder.set(".lease", { text: lease })
  return Array.from({ length: contenders }, (_, task) => {
    living.add(pidOf(task))
    return () => takeLease("run")
  })
}

const holder = (): number | undefined =>
  (JSON.parse(folder.get(".lease")?.text ?? "{}") as { pid?: number }).pid

beforeEach(() => {
  refusal = undefined
})

describe("takeLease, among several at once", () => {
  it.each([
    ["no lease", undefined, 3, 1],
    ["a dead lease", dead, 3, 2],
    ["a torn lease", "{", 2, 3],
  ])(
    "lets exactly one in where there is %s, in whatever order they come",
    async (_, lease, contenders, switches) => {
      const orders = await everyOrder(
        switches,
        () => begin(contenders, lease),
        (results, order) => {
          const winners = results.flatMap(({ status }, task) => (status === "fulfilled" ? [pidOf(task)] : []))
          expect(winners, order.join()).toEqual([holder()])
          expect([...folder.keys()], order.join()).toEqual([".lease"])
          for (const result of results)
            if (result.status === "rejected")
              expect(result.reason).toMatchObject({
                problems: [{ message: expect.stringContaining("another") }],
              })
        },
      )
      expect(orders).toBeGreaterThan(10)
    },
  )

  it.each([
    [3, 1],
    [2, 2],
  ])(
    "lets in who has the lease, until it is given back: %d in orders of %d switches",
    async (contenders, switches) => {
      let inside = 0
      const working = (take: () => Promise<() => Promise<void>>) => async () => {
        const giveBack = await take()
        inside++
        const seen = { inside, hasLease: holder() === pidOf(currentTask()) }
        await step(() => undefined)
        inside--
        await giveBack()
        return seen
      }
      await everyOrder(
        switches,
        () => begin(contenders, dead).map(working),
        (results, order) => {
          for (const result of results)
            if (result.status === "fulfilled")
              expect(result.value, order.join()).toEqual({ inside: 1, hasLease: true })
          expect([...folder.keys()], order.join()).toEqual([])
        },
      )
    },
  )

  it("is blocked by none that was killed on the way, wherever that was", async () => {
    let steps = 0
    for (let isOver = false; !isOver; steps++) {
      const [first, second] = begin(2, dead)
      await start(0, first!)
      for (let i = 0; i < steps && isWaiting(0); i++) await advance(0)
      isOver = !isWaiting(0)
      living.delete(pidOf(0))
      const { result } = await start(1, second!)
      while (isWaiting(1)) await advance(1)
      await expect(result).resolves.toBeTypeOf("function")
      expect(holder(), `killed after ${steps} steps`).toBe(pidOf(1))
    }
    expect(steps).toBeGreaterThan(5)
  })

  it("fails where the file system has no links, and leaves nothing behind", async () => {
    refusal = "EPERM"
    const results = await everyOrder(
      0,
      () => begin(1),
      ([result]) => expect(result).toMatchObject({ reason: { code: "EPERM" } }),
    )
    expect(results).toBe(1)
    expect([...folder.keys()]).toEqual([])
  })
})
