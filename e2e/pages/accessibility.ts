import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

/** What keeps people with a screen reader, a keyboard only or weak eyes from using a part of the page; none is good. */
export async function accessibilityProblems(page: Page, selector: string): Promise<string[]> {
  // our content policy lets no script in but by the debugger, which this is
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  return page.evaluate(async (part) => {
    const { axe } = globalThis as unknown as { axe: { run: (part: string) => Promise<AxeResults> } }
    const { violations } = await axe.run(part)
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }, selector)
}
