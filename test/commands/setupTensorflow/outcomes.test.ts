import { beforeEach, describe, expect, it, vi } from "vitest"
import { setupTensorflow } from "../../../src/commands/setupTensorflow.ts"
import { installTensorflow } from "../../../src/engine/tensorflow/install.ts"
import { findLibrary, type Library } from "../../../src/engine/tensorflow/library.ts"
import { whyNoWheel } from "../../../src/engine/tensorflow/platform.ts"

const { end } = vi.hoisted(() => ({ end: vi.fn() }))
vi.mock("../../../src/engine/tensorflow/install.ts", () => ({ installTensorflow: vi.fn() }))
vi.mock("../../../src/engine/tensorflow/installProgress.ts", () => ({
  installProgress: () => ({ show: "shows", end }),
}))
vi.mock("../../../src/engine/tensorflow/library.ts", () => ({
  findLibrary: vi.fn(),
  unmetRequest: () => null,
}))
vi.mock("../../../src/engine/tensorflow/platform.ts", () => ({
  thisMachine: () => "this",
  whyNoWheel: vi.fn(),
}))

const library: Library = { folder: "/lib", origin: "LOSSLAB_TENSORFLOW" }
beforeEach(() => {
  vi.clearAllMocks()
  vi.mocked(findLibrary).mockReturnValue({ passedOver: [] })
  vi.mocked(whyNoWheel).mockReturnValue(null)
})

const said = async () => {
  const [out, stderr]: [string[], string[]] = [[], []]
  await setupTensorflow({ out: (text) => out.push(text), stderr: { write: (text) => stderr.push(text) } })
  return { out, stderr }
}
const slow = 'warning: losslab will use its slow engine "javascript": '

describe("setupTensorflow", () => {
  it("gets nothing where there is a library", async () => {
    vi.mocked(findLibrary).mockReturnValue({ library, passedOver: [] })
    expect(await said()).toEqual({ out: ["TensorFlow is ready: /lib (LOSSLAB_TENSORFLOW)"], stderr: [] })
    expect(installTensorflow).not.toHaveBeenCalled()
  })

  it("gets nothing where no library is made for this machine, and says so", async () => {
    vi.mocked(whyNoWheel).mockReturnValue("there is none for plan9")
    expect(await said()).toEqual({ out: [], stderr: [`${slow}there is none for plan9\n`] })
    expect(whyNoWheel).toHaveBeenCalledWith("this")
    expect(installTensorflow).not.toHaveBeenCalled()
  })

  it("gets the library, showing how far it is, and says where it lies", async () => {
    vi.mocked(installTensorflow).mockResolvedValue({ outcome: "installed", folder: "/cache/lib" } as never)
    expect(await said()).toEqual({ out: ["TensorFlow is ready: /cache/lib"], stderr: [] })
    expect(vi.mocked(installTensorflow).mock.calls).toEqual([[{ onProgress: "shows" }]])
    expect(end).toHaveBeenCalledTimes(1)
  })

  it("says why the library cannot be had", async () => {
    vi.mocked(installTensorflow).mockResolvedValue({ outcome: "unavailable", reason: "no network" })
    expect(await said()).toEqual({ out: [], stderr: [`${slow}no network\n`] })
  })

  it("ends its progress when it fails, too", async () => {
    vi.mocked(installTensorflow).mockRejectedValue(new Error("a wrong hash"))
    await expect(said()).rejects.toThrow("a wrong hash")
    expect(end).toHaveBeenCalledTimes(1)
  })
})
