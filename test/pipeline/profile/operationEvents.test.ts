import { describe, expect, it } from "vitest"
import { operationEvents, plainName } from "../../../src/pipeline/profile/operationEvents.ts"

const one = (name: string, startMicros: number, micros: number, operation = "Relu") => ({
  ...{ name, operation, startMicros, micros, thread: 0 },
})

describe("operationEvents", () => {
  // In another clock, and not in order: a from 100 to 130, b from 110 to 115, c from 115 to 140, d from 130 to 135.
  const events = operationEvents(
    [one("d", 130, 5), one("a", 100, 30, "_MklNativeConv2D"), one("c", 115, 25), one("b", 110, 5)],
    { pid: 3, name: "operations of one step", endMicros: 1000 },
  )

  it("put each operation on the first lane that is free by then, the last one ending with the run", () => {
    const spans = events.flatMap((event) => (event.ph === "X" ? [event] : []))
    // The last ends at 140, which is 1000 on the trace's clock.
    expect(spans.map(({ args, tid, ts, dur }) => [args!.name, tid, ts, dur])).toEqual([
      ["a", 1, 960, 30],
      ["b", 2, 970, 5],
      ["c", 2, 975, 25],
      ["d", 1, 990, 5],
    ])
    expect(spans[0]).toEqual({
      ph: "X",
      name: "Conv2D",
      cat: "operation",
      pid: 3,
      tid: 1,
      ts: 960,
      dur: 30,
      args: { name: "a", operation: "_MklNativeConv2D" },
    })
  })

  it("name the process and its lanes", () => {
    expect(events.filter(({ ph }) => ph === "M")).toEqual([
      { ph: "M", name: "process_name", pid: 3, tid: 0, args: { name: "operations of one step" } },
      { ph: "M", name: "process_sort_index", pid: 3, tid: 0, args: { sort_index: 3 } },
      { ph: "M", name: "thread_name", pid: 3, tid: 1, args: { name: "TensorFlow lane 1" } },
      { ph: "M", name: "thread_name", pid: 3, tid: 2, args: { name: "TensorFlow lane 2" } },
    ])
  })

  it("leave their input as it was", () => {
    const operations = [one("late", 5, 1), one("early", 1, 1)]
    operationEvents(operations, { pid: 2, name: "", endMicros: 0 })
    expect(operations.map(({ name }) => name)).toEqual(["late", "early"])
  })
})

describe("plainName", () => {
  it.each([
    ["_MklNativeConv2D", "Conv2D"],
    ["_MklAddN", "AddN"],
    ["Relu", "Relu"],
    ["Not_MklReally", "Not_MklReally"],
  ])("of %s is %s", (operation, name) => {
    expect(plainName(operation)).toBe(name)
  })
})
