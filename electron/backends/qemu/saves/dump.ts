/** The memory of a guest as a file for debuggers (QEMU's docs of dump-guest-memory), or QEMU's own with all devices. */
import { AppError } from '../../../../shared/errors'
import type { DumpFormat } from '../../../../shared/model/save/memory-dump'
import { isObject } from '../../../qmp/index'
import type { ActionContext } from '../../backend'
import type { DumpRequest } from '../../save-session'
import { forceOff } from '../force-off'
import type { Guest } from '../guest'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { writeMemory } from './write-memory'

const pollMs = 200
const formats: Readonly<Record<DumpFormat, string>> = {
  raw: 'elf',
  'kdump-zlib': 'kdump-zlib',
  'kdump-lzo': 'kdump-lzo',
  'kdump-snappy': 'kdump-snappy',
  'win-dmp': 'win-dmp',
}

export async function dumpMemory(
  host: QemuHost,
  entry: VmEntry,
  guest: Guest,
  request: DumpRequest,
  context: ActionContext,
): Promise<void> {
  const { ending } = request
  const wasRunning = guest.state.state === 'running'
  if (ending !== 'live' && wasRunning) await guest.execute('stop')
  try {
    if (request.isMemoryOnly) await dumpOnly(host, guest, request, context)
    else await writeMemory(host, entry, guest, request.path, context)
    if (ending === 'off') return await forceOff(host, entry.id)
    if (ending === 'reset') await guest.execute('system_reset')
  } finally {
    // a guest that was stopped for it goes on, whatever became of the file
    if (wasRunning && guest.isOpen) await guest.execute('cont').catch(() => undefined)
  }
}

async function dumpOnly(
  { store }: QemuHost,
  guest: Guest,
  { path, format }: DumpRequest,
  { onProgress }: ActionContext,
): Promise<void> {
  const known = await guest.execute('query-dump-guest-memory-capability')
  const list = isObject(known) ? known['formats'] : undefined
  if (Array.isArray(list) && !list.includes(formats[format]))
    throw new AppError('unsupported', `This QEMU does not write ${format}`, {
      cure: 'Choose another format.',
      field: 'format',
    })
  // QEMU would overwrite what is there
  if (!(await store.leadElsewhere(`${path}.part`, path)))
    throw new AppError('invalid', `There is already a file ${path}`)
  await store.command(['rm', '-f', '--', `${path}.part`])
  try {
    const wish = { paging: false, protocol: `file:${path}`, detach: true, format: formats[format] }
    await guest.execute('dump-guest-memory', wish)
    await untilDumped(guest, onProgress)
  } catch (error) {
    await store.command(['rm', '-f', '--', path]).catch(() => undefined)
    throw error
  }
}

async function untilDumped(guest: Guest, onProgress: (fraction: number) => void): Promise<void> {
  for (;;) {
    const answer = await guest.execute('query-dump')
    const { status, completed, total } = isObject(answer) ? answer : { status: 'failed' }
    if (status === 'completed') return
    if (status === 'failed')
      throw new AppError('invalid', 'The memory could not be written', {
        cure: 'There may be no room left in that folder. The VM goes on.',
      })
    if (typeof completed === 'number' && typeof total === 'number' && total > 0)
      onProgress(Math.min(1, completed / total))
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}
