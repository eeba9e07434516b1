import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Effect, Layer, pipe } from "effect"
import { describe, expect, it } from "vitest"
import { failure } from "../../src/failure/failure.ts"
import { openStore } from "../../src/pipeline/store.ts"
import { Artefacts, type Format, stored } from "../../src/pipeline/stored.ts"
import { type CellEvent, Events } from "../../src/stages/events.ts"
import { andThen, stage } from "../../src/stages/stage.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const text: Format<string> = {
  write: (folder, artefact) => writeFile(join(folder, "text"), artefact),
  read: (folder) => readFile(join(folder, "text"), "utf8"),
}

const setUp = async () => {
  const store = openStore(await temporaryFolder(), () => undefined)
  const events: CellEvent[] = []
  const ran: string[] = []
  const layer = Layer.merge(
    Layer.succeed(Artefacts, store),
    Layer.succeed(Events, { emit: (event) => void events.push(event) }),
  )
  const running = (name: string, output: string) =>
    Effect.sync(() => {
      ran.push(name)
      return output
    })
  const pipeline = pipe(
    stage("load", () => running("load", "data")),
    stored("load", "k1", text),
    andThen(stage("train", (data: string) => running("train", `${data} trained`))),
    stored("train", "k2", text),
  )
  return {
    store,
    events,
    ran,
    layer,
    run: () => Effect.runPromise(pipe(pipeline.run(undefined), Effect.provide(layer))),
  }
}

describe("stored", () => {
  it("runs a stage once and reads its artefact afterwards, without what only leads to it", async () => {
    const { run, ran, events } = await setUp()
    expect(await run()).toBe("data trained")
    expect(ran).toEqual(["load", "train"])
    expect(await run()).toBe("data trained")
    expect(ran).toEqual(["load", "train"])
    expect(events).toEqual([{ event: "stage", stage: "train", status: "stored" }])
  })

  it("makes only what is missing", async () => {
    const { run, ran, store } = await setUp()
    await store.publish("load", "k1", (folder) => text.write(folder, "old data"))
    expect(await run()).toBe("old data trained")
    expect(ran).toEqual(["train"])
  })

  it("keeps nothing of a stage that fails, nor of an artefact that cannot be written", async () => {
    const { store, events, layer } = await setUp()
    const failing = stored(
      "load",
      "k",
      text,
    )(stage("load", () => Effect.fail(failure("data", { message: "no" }))))
    const unwritten = stored("load", "k", { ...text, write: () => Promise.reject(new Error("full")) })(
      stage("load", () => Effect.succeed("data")),
    )
    const outcome = (one: typeof failing | typeof unwritten) =>
      Effect.runPromise(pipe(one.run(undefined), Effect.provide(layer), Effect.flip))
    expect(await outcome(failing)).toMatchObject({ kind: "data", message: "no" })
    expect(await outcome(unwritten)).toMatchObject({ kind: "bug", message: expect.stringContaining("full") })
    expect(await store.find("load", "k")).toBeUndefined()
    expect(events).toEqual([])
  })

  it("fails as losslab does when what is stored cannot be read back", async () => {
    const { store, layer } = await setUp()
    await store.publish("load", "k", (folder) => text.write(folder, "data"))
    const unreadable = stored("load", "k", { ...text, read: () => Promise.reject(new Error("odd")) })(
      stage("load", () => Effect.succeed("data")),
    )
    expect(unreadable.name).toBe("load")
    const failed = Effect.runPromise(pipe(unreadable.run(undefined), Effect.provide(layer), Effect.flip))
    expect(await failed).toMatchObject({ kind: "bug", message: expect.stringContaining("odd") })
  })
})
