/**
 * Ten thousand sequences of changes, as users could make them, on the definitions of the collection: libvirt's own schema
 * accepts every outcome, and taking the changes back brings the definition back. The schema comes with the lab's libvirt.
 */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isKind } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { EditDocument } from '../edit/tree'
import { applyChanges } from './change'
import { pendingDifferences } from './pending'
import { chance, pick, randomChange } from './testing/random-change'
import { fixtures, isNewer } from './testing/fixtures'
import { hardwareContext } from './view'

const schema = '/usr/share/libvirt/schemas/domain.rng'
const sequences = 10_000
const batch = 100
/** The schema is asked by this many processes, while the next changes are made. */
const lanes = 2
/** Longer ones take libxml2 minutes: its matcher is exponential in optional attributes. */
const maxCharacters = 20_000

interface Outcome {
  readonly fixture: string
  readonly changes: readonly HardwareChange[]
  readonly text: string
}

describe('changes made at random', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-changes-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('never make a definition that the schema refuses, and are undone without a trace', {
    timeout: 900_000,
  }, async () => {
    const documents = fixtures().filter(({ name, text }) => !isNewer(name) && text.length < maxCharacters)
    const next = chance(20_261)
    const refused: string[] = []
    let done = 0
    const running = new Set<Promise<void>>()
    const check = async (name: string, outcomes: readonly Outcome[]): Promise<void> => {
      for (const { fixture, changes, why } of await refusedBySchema(join(folder, name), outcomes))
        refused.push(`${fixture}: ${JSON.stringify(changes)}\n  ${why}`)
      done += outcomes.length
    }
    for (let start = 0; start < sequences && refused.length <= 20; start += batch) {
      const outcomes: Outcome[] = []
      while (outcomes.length < batch) {
        const fixture = pick(next, documents)
        if (!fixture) throw new Error('The collection is empty')
        const outcome = changeAtRandom(next, fixture)
        if (outcome) outcomes.push(outcome)
      }
      const one = check(String(start), outcomes).finally(() => running.delete(one))
      running.add(one)
      if (running.size >= lanes) await Promise.race(running)
    }
    await Promise.all(running)
    process.stdout.write(`${done} sequences asked of the schema\n`)
    expect(refused.length > 0 || done === sequences).toBe(true)
    expect(refused, `${refused.length} of ${done} sequences`).toEqual([])
  })
})

function changeAtRandom(
  next: () => number,
  { name, text }: { name: string; text: string },
): Outcome | undefined {
  const before = EditDocument.parse(text)
  let current = before.clone()
  const changes: HardwareChange[] = []
  const length = 1 + Math.floor(next() * 5)
  for (let tries = 0; changes.length < length && tries < 20; tries += 1) {
    const change = randomChange(next, hardwareContext({ stored: current }))
    if (!change) continue
    try {
      current = applyChanges(current.clone(), [change]).document
    } catch (error) {
      // what is refused with a sentence for the form is not applied
      if (isKind(error, 'invalid') || isKind(error, 'unsupported')) continue
      throw error
    }
    changes.push(change)
  }
  if (changes.length === 0) return undefined
  // taking back is leaving out: what remains of no changes is the definition itself, and the original was not touched
  expect(applyChanges(before.clone(), []).document.toString()).toBe(text)
  undo(before, current, `${name} ${JSON.stringify(changes)}`)
  return { fixture: name, changes, text: current.toString() }
}

/** The stored definition changed, the running one did not: taking back all that waits leaves nothing that waits. */
function undo(running: EditDocument, stored: EditDocument, what: string): void {
  const { document } = applyChanges(stored.clone(), [{ kind: 'as-running' }], running)
  expect(pendingDifferences(document.root, running.root), what).toEqual([])
}

/** Writes and starts at once, as making changes leaves no turn for anything that waits. */
async function refusedBySchema(
  name: string,
  outcomes: readonly Outcome[],
): Promise<(Outcome & { why: string })[]> {
  const paths = outcomes.map(({ text }, index) => {
    const path = `${name}-${index}.xml`
    writeFileSync(path, text)
    return path
  })
  const said = await lint(paths)
  await Promise.all(paths.map((path) => rm(path)))
  return outcomes.flatMap((outcome, index) => {
    const path = paths[index] ?? ''
    if (said.includes(`${path} validates`)) return []
    const why = said
      .split('\n')
      .filter((line) => line.startsWith(`${path}:`))
      .map((line) => line.slice(path.length))
      .join('\n  ')
    return [{ ...outcome, why: why || 'no answer' }]
  })
}

function lint(paths: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('xmllint', ['--noout', '--relaxng', schema, ...paths], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 240_000,
    })
    let text = ''
    child.stderr.on('data', (chunk) => (text += String(chunk)))
    child.on('error', reject)
    child.on('close', () => resolve(text))
  })
}
