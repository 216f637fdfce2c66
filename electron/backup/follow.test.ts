/** Backups whose hypervisor does what it is told to here: one that keeps its guest from writing cannot be had at will. */
import { expect, it } from 'vitest'
import type { BackupProgress } from '../../shared/model/backups/backup'
import { AppError } from '../../shared/errors'
import { vmId } from '../../shared/model/ids'
import type { HypervisorSession } from '../backends/backend'
import { follow } from './follow'

const vm = vmId.parse('00000000-0000-0000-0000-000000000001')
const mib = 1024 ** 2

interface Course {
  /** One after the other; the last one again and again. */
  readonly progress: readonly BackupProgress[]
  /** From its beginning; what stood still before stays so. */
  readonly stopsGuest: boolean
  readonly stoodStill?: boolean
  /** Between a look at it and the wish to cancel it. */
  readonly endsMeanwhile?: boolean
}

function hypervisor({ progress, stopsGuest, stoodStill = false, endsMeanwhile = false }: Course) {
  const done: string[] = []
  let isHeldUp = stoodStill
  let looks = 0
  let isCancelled = false
  const session = {
    backups: {
      begin: async () => {
        isHeldUp ||= stopsGuest
      },
      isHeldUp: async () => isHeldUp,
      progress: async () =>
        isCancelled ? { state: 'cancelled' } : progress[Math.min(looks++, progress.length - 1)],
      cancel: async () => {
        if (endsMeanwhile) throw new AppError('invalid', 'no job is active on the domain')
        done.push('cancelled')
        isCancelled = true
      },
    },
    power: async (_: unknown, action: string) => {
      done.push(action)
      isHeldUp = false
    },
    storage: {
      poolAction: async () => undefined,
      pools: async () => ({
        items: [{ name: 'small', capacityBytes: 8 * mib, availableBytes: 4096 }],
      }),
    },
  } as unknown as HypervisorSession
  const abort = new AbortController()
  const ended = follow(
    session,
    { vm, vmName: 'web', pool: 'small', neededBytes: 64 * mib },
    { disks: [], holdsStill: false },
    { signal: abort.signal, onProgress: () => undefined },
  )
  return { done, ended, abort }
}

const running: BackupProgress = { state: 'running', doneBytes: 1, totalBytes: 2 }

it('a backup that keeps its guest from writing is given up for the guest, which goes on', async () => {
  const { done, ended } = hypervisor({ progress: [running], stopsGuest: true })
  await expect(ended).rejects.toMatchObject({
    kind: 'busy',
    message: 'Pool small is full: 4 KiB of 8 MiB are left, and up to 64 MiB are needed',
  })
  expect(done).toEqual(['cancelled', 'resume'])
})

it('a guest that was stopped by a backup which failed goes on', async () => {
  const { done, ended } = hypervisor({ progress: [{ state: 'failed' }], stopsGuest: true })
  await expect(ended).rejects.toMatchObject({ message: expect.stringContaining('Pool small is full') })
  expect(done).toEqual(['resume'])
})

it('a backup that fails just when it is to be given up tells why it failed', async () => {
  const { done, ended } = hypervisor({
    progress: [running, { state: 'failed' }],
    stopsGuest: true,
    endsMeanwhile: true,
  })
  await expect(ended).rejects.toMatchObject({ message: expect.stringContaining('Pool small is full') })
  expect(done).toEqual(['resume'])
})

it('a guest that was stopped by a backup which was completed all the same goes on', async () => {
  const { done, ended } = hypervisor({ progress: [{ state: 'completed' }], stopsGuest: true })
  await ended
  expect(done).toEqual(['resume'])
})

it('a guest that stood still before is left as it is, and its backup is made', async () => {
  const { done, ended } = hypervisor({
    progress: [running, { state: 'completed' }],
    stopsGuest: false,
    stoodStill: true,
  })
  await ended
  expect(done).toEqual([])
})

it('a backup that is cancelled by the user is told as cancelled', async () => {
  const { done, ended, abort } = hypervisor({ progress: [running], stopsGuest: false })
  abort.abort()
  await expect(ended).rejects.toMatchObject({ kind: 'cancelled' })
  expect(done).toEqual(['cancelled'])
})
