import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { noTracer, span, type Tracer, Tracing } from "../../src/stages/tracer.ts"

/** Writes down what begins and ends. */
const listening = () => {
  const heard: string[] = []
  const tracer: Tracer = {
    begin: (name, track) => {
      heard.push(`begin ${name} ${track}`)
      return () => void heard.push(`end ${name}`)
    },
    operations: () => 0,
  }
  return { tracer, heard }
}

describe("span", () => {
  it("begins before the function and ends after it, and gives what that gives", () => {
    const { tracer, heard } = listening()
    const result = span(tracer, "step", () => {
      heard.push("run")
      return 5
    })
    expect(result).toBe(5)
    span(tracer, "sample", () => 1, "next batch")
    expect(heard).toEqual([
      "begin step undefined",
      "run",
      "end step",
      "begin sample next batch",
      "end sample",
    ])
  })

  it("ends when the function throws", () => {
    const { tracer, heard } = listening()
    const bug = new Error("bug")
    const failing = () =>
      span(tracer, "step", () => {
        throw bug
      })
    expect(failing).toThrow(bug)
    expect(heard).toEqual(["begin step undefined", "end step"])
  })

  it("lasts until a promise is settled, and hands on that promise", async () => {
    const { tracer, heard } = listening()
    let resolve: (value: number) => void = () => undefined
    const promise = new Promise<number>((done) => {
      resolve = done
    })
    expect(span(tracer, "wait", () => promise)).toBe(promise)
    expect(heard).toEqual(["begin wait undefined"])
    resolve(1)
    await promise
    expect(heard).toEqual(["begin wait undefined", "end wait"])

    const failed = Promise.reject(new Error("late"))
    await expect(span(tracer, "fail", () => failed)).rejects.toThrow("late")
    expect(heard.slice(2)).toEqual(["begin fail undefined", "end fail"])
  })
})

describe("a tracer that is off", () => {
  it("runs what it is given, and asks for no operations", () => {
    expect(span(noTracer, "step", () => 5)).toBe(5)
    let asked = false
    const profile = () => {
      asked = true
      return null
    }
    expect(noTracer.operations("training step", profile)).toBe(0)
    expect(asked).toBe(false)
    expect(noTracer.begin("step")()).toBeUndefined()
  })

  it("is what stages find unless they are given another", async () => {
    const asked = Effect.gen(function* () {
      return yield* Tracing
    })
    expect(await Effect.runPromise(asked)).toBe(noTracer)
    const { tracer } = listening()
    expect(await Effect.runPromise(Effect.provideService(asked, Tracing, tracer))).toBe(tracer)
  })
})
