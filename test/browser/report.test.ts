import { existsSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { type Browser, chromium, type Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { report } from "../../src/stages/report.ts"
import type { ReportInput } from "../../src/stages/reportInput.ts"
import { cell, done, panel, reportInput } from "../support/reportInput.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

/** Where Debian installs it; CHROMIUM names another one. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium"
const found = existsSync(executablePath)

// The reason stands in the name, because a skipped test has no other place for it.
const title = found ? "the report in Chromium" : `the report in Chromium (skipped: no ${executablePath})`

describe.skipIf(!found)(title, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    })
  })

  afterAll(async () => {
    await browser?.close()
  })

  /** Opens the report from a file, as a person would, and collects what the browser complains about or asks for. */
  const open = async (
    input: ReportInput,
    { width = 1200, colorScheme = "light" }: { width?: number; colorScheme?: "light" | "dark" } = {},
  ): Promise<{ readonly page: Page; readonly complaints: string[]; readonly requests: string[] }> => {
    const file = join(await temporaryFolder(), "index.html")
    await writeFile(file, report(input)["index.html"]!)
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    onTestFinished(() => page.close())
    const complaints: string[] = []
    const requests: string[] = []
    page.on("console", (message) => complaints.push(message.text()))
    page.on("pageerror", (error) => complaints.push(error.message))
    page.on("dialog", (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on("request", (request) => requests.push(request.url()))
    await page.goto(pathToFileURL(file).href)
    return { page, complaints, requests: requests.filter((url) => !url.startsWith("data:")) }
  }

  it("shows the tables, the figures and the pictures, and complains of nothing", async () => {
    const { page, complaints, requests } = await open(reportInput())
    const captions = await page.locator("table caption").allInnerTexts()
    for (const name of [
      "Table 1.",
      "Table 2a.",
      "Table 2b.",
      "Table 2c.",
      "Table 2d.",
      "Table 3.",
      "Table 4.",
    ])
      expect(captions.filter((caption) => caption.startsWith(name))).toHaveLength(1)
    // Three losses, one validation chart, two strip plots, three slices with the expert and three predictions.
    expect(await page.getByRole("img").count()).toBe(3 + 1 + 2 + 3 * 4)
    expect(complaints).toEqual([])
    expect(requests).toHaveLength(1)
  })

  it("has a row per patient, and the mean that the JSON has", async () => {
    const input = reportInput()
    const { page } = await open(input)
    const row = page.getByRole("row", { name: "microUS_test_07" })
    expect(await row.getByRole("cell").count()).toBe(2 * (3 + 3))
    const json = JSON.parse(report(input)["statistics.json"]!) as {
      methods: { values: { dice: number[] } }[]
    }
    expect(await row.getByRole("cell").first().textContent()).toBe(
      json.methods[0]!.values.dice[6]!.toFixed(3),
    )
  })

  it("has headings in order", async () => {
    const { page } = await open(reportInput())
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName.slice(1))))
    expect(levels[0]).toBe(1)
    for (const [i, level] of levels.entries())
      if (i > 0) expect(level).toBeLessThanOrEqual(levels[i - 1]! + 1)
  })

  it.each([400, 800, 1200])("does not scroll sideways at %i pixels", async (width) => {
    const { page } = await open(reportInput(), { width })
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width)
  })

  it("is dark for those who like it dark", async () => {
    const brightness = async (colorScheme: "light" | "dark") => {
      const { page } = await open(reportInput({ panels: [] }), { colorScheme })
      const colours = await page.evaluate<string[]>(
        "(({ backgroundColor, color }) => [backgroundColor, color])(getComputedStyle(document.body))",
      )
      return colours.map((colour) => Number(/\d+/.exec(colour)?.[0]))
    }
    const [ground, ink] = await brightness("light")
    const [darkGround, darkInk] = await brightness("dark")
    expect(ground).toBeGreaterThan(200)
    expect(ink).toBeLessThan(60)
    expect(darkGround).toBeLessThan(60)
    expect(darkInk).toBeGreaterThan(200)
  })

  it("shows names as text, whatever is in them", async () => {
    const name = `"><img src=x onerror=alert(1)><script>alert(2)</script>'&lt;🩺\u202e`
    const input = reportInput({
      title: name,
      command: name,
      yaml: name,
      cells: [cell(name, null, done("a", 0.9), name), cell("b", null, done("b", 0.8))],
      panels: [panel("best", [name])],
      environment: { [name]: name },
    })
    const { page, complaints, requests } = await open(input)
    expect(await page.locator("img, script").count()).toBe(0)
    expect(await page.locator("h1").textContent()).toBe(name.replace("\u202e", "\ufffd"))
    expect(complaints).toEqual([])
    expect(requests).toHaveLength(1)
  })

  it("runs no script, even if one got in", async () => {
    const file = join(await temporaryFolder(), "index.html")
    const text = report(reportInput({ panels: [] }))["index.html"]!
    await writeFile(file, text.replace("</main>", "<script>document.title = 'ran'</script></main>"))
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    await page.goto(pathToFileURL(file).href)
    expect(await page.title()).not.toBe("ran")
  })
})
