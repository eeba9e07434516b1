import { describe, expect, it } from "vitest"
import { recorder } from "../../../src/pipeline/profile/recorder.ts"
import { span } from "../../../src/stages/tracer.ts"
import { expectValidTrace, spansOf } from "../../support/traces.ts"

const about = { cell: "tiny", key: "k", engine: "none" }

/** A recorder with a clock that the test turns. */
const withClock = (most?: number) => {
  const clock = { ms: 100 }
  const { tracer, profile } = recorder(() => clock.ms, most)
  /** A span of so many milliseconds. */
  const spend = (name: string, ms: number) =>
    span(tracer, name, () => {
      clock.ms += ms
    })
  return { clock, tracer, spend, profile: () => profile(about)! }
}

const conv = { name: "a/conv", operation: "_MklNativeConv2D", thread: 0 }

describe("a recorder", () => {
  it("lists spans in microseconds since the process began, and sums them up", () => {
    const { clock, tracer, spend, profile } = withClock()
    const end = tracer.begin("train")
    spend("step", 30)
    spend("step", 20)
    clock.ms += 5
    end()
    const trace = profile()
    expectValidTrace(trace)
    expect(spansOf(trace).map(({ name, ts, dur }) => [name, ts, dur])).toEqual([
      ["start", 0, 100_000],
      ["step", 100_000, 30_000],
      ["step", 130_000, 20_000],
      ["train", 100_000, 55_000],
    ])
    expect(trace.otherData).toMatchObject({ ...about, seconds: 0.155 })
    expect(trace.otherData.spans).toEqual([
      { name: "start", count: 1, milliseconds: 100 },
      { name: "train", count: 1, milliseconds: 55 },
      { name: "step", count: 2, milliseconds: 50 },
    ])
  })

  it("counts a promise until it is settled, and a failure too", async () => {
    const { clock, tracer, spend, profile } = withClock()
    const later = span(tracer, "train", () => Promise.resolve(3))
    clock.ms += 7
    expect(await later).toBe(3)
    const failing = span(tracer, "checkpoint", () => Promise.reject(new Error("full")))
    await expect(failing).rejects.toThrow("full")
    expect(() =>
      span(tracer, "upload", () => {
        throw new Error("gone")
      }),
    ).toThrow("gone")
    spend("evaluate", 1)
    const { spans } = profile().otherData
    expect(spans.find(({ name }) => name === "train")).toMatchObject({ milliseconds: 7 })
    expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(["checkpoint", "upload"]))
  })

  it("gives spans that overlap tracks of their own", () => {
    const { clock, tracer, spend, profile } = withClock()
    const first = tracer.begin("scoring", "scoring")
    clock.ms += 1
    const second = tracer.begin("scoring", "scoring")
    clock.ms += 1
    first()
    const third = tracer.begin("scoring", "scoring")
    clock.ms += 1
    second()
    third()
    spend("evaluate", 1)
    const trace = profile()
    expectValidTrace(trace)
    const names = trace.traceEvents.flatMap((event) =>
      event.ph === "M" && event.name === "thread_name" ? [event.args.name] : [],
    )
    expect(names).toEqual(["cell", "scoring", "scoring 2"])
    const listed = spansOf(trace).filter(({ name }) => name === "scoring")
    expect(listed.map(({ tid, ts, dur }) => [tid, ts, dur])).toEqual([
      [listed[0]!.tid, 100_000, 2000],
      [listed[1]!.tid, 101_000, 2000],
      [listed[0]!.tid, 102_000, 1000],
    ])
    expect(listed[1]!.tid).not.toBe(listed[0]!.tid)
  })

  it("lists no more than so many spans of a name, says so, and sums up all", () => {
    const { spend, profile } = withClock(3)
    for (let i = 0; i < 5; i++) spend("step", 1)
    spend("train", 1)
    const trace = profile()
    expect(spansOf(trace).filter(({ name }) => name === "step")).toHaveLength(3)
    expect(trace.otherData.spans).toContainEqual({ name: "step", count: 5, milliseconds: 5 })
    expect(trace.otherData.notes).toContain(
      "of spans of one name the first 3 are listed; the sums are of all",
    )
  })

  it("places the operations of a run at its end, leaves profiling out of the time, and asks once", () => {
    const { clock, tracer, spend, profile } = withClock()
    spend("train", 10)
    const took = tracer.operations("training step", () => {
      clock.ms += 40
      return [
        { ...conv, startMicros: 5_000, micros: 2_000 },
        { ...conv, name: "b/conv", startMicros: 6_000, micros: 3_000 },
        { ...conv, name: "c/relu", operation: "Relu", startMicros: 9_000, micros: 500 },
      ]
    })
    expect(took).toBe(40)
    const again = () => {
      throw new Error("asked again")
    }
    expect(tracer.operations("training step", again)).toBe(0)
    const trace = profile()
    expectValidTrace(trace)
    const operations = spansOf(trace).filter(({ cat }) => cat === "operation")
    expect(operations.map(({ name, tid, ts, dur }) => [name, tid, ts, dur])).toEqual([
      ["Conv2D", 1, 145_500, 2_000],
      ["Conv2D", 2, 146_500, 3_000],
      ["Relu", 1, 149_500, 500],
    ])
    const names = trace.traceEvents.flatMap((event) =>
      event.ph === "M" && event.pid === 2 ? [Object.values(event.args)[0]] : [],
    )
    expect(names).toEqual(["operations of one training step", 2, "TensorFlow lane 1", "TensorFlow lane 2"])
    expect(operations[0]!.args).toEqual({ name: "a/conv", operation: "_MklNativeConv2D" })
    expect(trace.otherData.trainingStep).toEqual([
      { name: "Conv2D", count: 2, milliseconds: 5 },
      { name: "Relu", count: 1, milliseconds: 0.5 },
    ])
    expect(trace.otherData.seconds).toBe(0.11)
  })

  it("says what is missing, and why", () => {
    const { tracer, spend, profile } = withClock()
    spend("evaluate", 1)
    tracer.operations("forward pass", () => null)
    expect(profile().otherData.notes).toEqual([
      "what train makes was in the store: no training step was profiled",
      "the forward pass is not compiled here, and only compiled functions have operations to list",
    ])
  })

  it("tells a function that nothing was left for from one that is not compiled", () => {
    const { tracer, spend, profile } = withClock()
    spend("train", 1)
    spend("evaluate", 1)
    tracer.operations("training step", () => [{ ...conv, startMicros: 0, micros: 1 }])
    expect(profile().otherData.notes).toEqual([
      "there was nothing left to evaluate: no forward pass was profiled",
    ])
    expect(profile().otherData.forwardPass).toEqual([])
    tracer.operations("forward pass", () => [{ ...conv, startMicros: 0, micros: 2000 }])
    expect(profile().otherData.notes).toEqual([])
    expect(profile().otherData.forwardPass).toEqual([{ name: "Conv2D", count: 1, milliseconds: 2 }])
    // A process of the trace for each.
    const pids = spansOf(profile()).flatMap(({ cat, pid }) => (cat === "operation" ? [pid] : []))
    expect(pids).toEqual([2, 3])
  })

  it("has a process and threads with names, in their order, and no span of less than no time", () => {
    const { clock, tracer, spend, profile } = withClock()
    spend("train", 1)
    tracer.begin("scoring", "scoring")()
    const end = tracer.begin("back")
    clock.ms -= 5
    end()
    const trace = profile()
    expect(trace.displayTimeUnit).toBe("ms")
    expect(trace.traceEvents.filter(({ ph }) => ph === "M")).toEqual([
      { ph: "M", name: "process_name", pid: 1, tid: 0, args: { name: "losslab cell tiny" } },
      { ph: "M", name: "process_sort_index", pid: 1, tid: 0, args: { sort_index: 1 } },
      { ph: "M", name: "thread_name", pid: 1, tid: 1, args: { name: "cell" } },
      { ph: "M", name: "thread_sort_index", pid: 1, tid: 1, args: { sort_index: 1 } },
      { ph: "M", name: "thread_name", pid: 1, tid: 2, args: { name: "scoring" } },
      { ph: "M", name: "thread_sort_index", pid: 1, tid: 2, args: { sort_index: 2 } },
    ])
    expect(spansOf(trace).find(({ name }) => name === "back")!.dur).toBe(0)
  })

  it("has no profile of a cell that computed nothing", () => {
    const { spend, profile } = withClock()
    spend("read evaluate from the store", 5)
    expect(profile()).toBeNull()
  })
})
