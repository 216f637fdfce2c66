/** The command of a VM: what it was started with, and what the next start would use. */
import { z } from 'zod'
import { AppError, errorData } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import {
  optionLines,
  type CommandPart,
  type VmCommand,
  type VmCommands,
} from '../../../../shared/model/vm-command'
import type { ForeignVm } from '../discovery/foreign-vm'
import { programOf, type StartNote, wholeParts } from './start-note'
import { originsOf, type Origin } from './origins'
import type { QemuHost } from '../host'
import { planOf } from '../start'

export async function vmCommands(host: QemuHost, id: VmId): Promise<VmCommands> {
  const { stored, running, run, folder, foreign } = await host.inventory.find(id)
  const [now, next] = await Promise.all([
    foreign ? asProcess(foreign) : run && running !== undefined ? startedWith(host, id, running) : undefined,
    stored === undefined || folder === undefined ? undefined : nextStart(host, { id, folder, stored }),
  ])
  return { ...(now ? { running: now } : {}), ...(next ? { next } : {}) }
}

async function nextStart(
  host: QemuHost,
  { id, folder, stored }: { readonly id: VmId; readonly folder: string; readonly stored: string },
): Promise<VmCommands['next']> {
  try {
    const plan = await planOf(host, { id, definition: stored, folder })
    const runFolder = host.store.runFolder(id)
    const note: StartNote = {
      program: programOf(plan, host.store.vmFolder(folder)),
      parts: wholeParts(plan, runFolder),
      helpers: plan.helpers,
      notes: plan.notes,
    }
    return { command: shown(note, stored) }
  } catch (error) {
    if (error instanceof AppError) return { error: errorData(error) }
    throw error
  }
}

/** Nobody noted the reasons of what another program has started. */
function asProcess({ words: [program = '', ...rest] }: ForeignVm): VmCommand {
  return {
    program: [program],
    parts: optionLines(rest).map((one) => ({
      words: one,
      from: 'Another program',
      why: 'It started QEMU with this.',
    })),
    helpers: [],
    notes: [],
  }
}

const words = z.array(z.string())
const part = z.object({ words, of: z.string(), why: z.string() })
/** As an older start may have written it, without what came later. */
const noteSchema = z.object({
  program: words.optional(),
  parts: z.array(part),
  helpers: z.array(part.extend({ program: z.string() })).default([]),
  notes: words.default([]),
})

/** Absent where nobody knows: the note is of another program, or gone. */
async function startedWith(host: QemuHost, id: VmId, running: string): Promise<VmCommand | undefined> {
  const path = `run/${id}/argv.json`
  const text = (await host.store.read([path])).get(path)
  const read = noteSchema.safeParse(parsed(text ?? ''))
  if (!read.success) return undefined
  const { program = [], ...rest } = read.data
  return shown({ program, ...rest }, running)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function shown(note: StartNote, definition: string): VmCommand {
  const originOf = originsOf(definition)
  const toPart = (own: readonly string[], origin: Origin, why: string): CommandPart => ({
    words: own,
    ...origin,
    why,
  })
  return {
    program: note.program,
    parts: note.parts.map(({ words: own, of, why }) => toPart(own, originOf(of), why)),
    helpers: note.helpers.map((helper) =>
      toPart([helper.program, ...helper.words], originOf(helper.of), helper.why),
    ),
    notes: note.notes,
  }
}
