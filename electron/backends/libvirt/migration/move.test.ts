/** The one moment in which a VM could come to run twice, or nowhere: what each answer to the last steps leads to. */
import { describe, expect, it } from 'vitest'
import { vmId } from '../../../../shared/model/ids'
import { usualMoveOptions } from '../../../../shared/model/migration/options'
import { RpcClosedError, RpcError } from '../../../libvirt-rpc/index'
import type { Arrival, MigrationSession } from '../../migration-session'
import type { LibvirtHost } from '../host'
import { move } from './move'

const id = vmId.parse('12345678-1234-4234-8234-123456789abc')
const cookie = new Uint8Array([7])
const closed = new RpcClosedError({ kind: 'transport', message: 'the line is dead' })
const refused = new RpcError(1, 10, 'internal error: no')

interface Story {
  readonly prepare?: Error
  readonly perform?: Error
  readonly finish?: Error
  /** What the destination says when it is asked whether it has the VM. */
  readonly has?: boolean | undefined
}

/** Both hosts as far as a move needs them, and what they were asked in their order. */
async function tell({ prepare, perform, finish, has }: Story): Promise<{ steps: string[]; ended: unknown }> {
  const steps: string[] = []
  const call = async (name: string, args: { cancelled?: number }): Promise<unknown> => {
    const step = name.replace('DOMAIN_MIGRATE_', '').replace('3_PARAMS', '').toLowerCase()
    steps.push(args.cancelled === undefined ? step : `${step} ${args.cancelled === 1 ? 'back' : 'on'}`)
    if (step === 'perform' && perform) throw perform
    return { cookie_out: cookie, xml: '<domain/>' }
  }
  const host = {
    inventory: {
      refresh: async () => ({ id, name: 'web', state: 'running' }),
      settle: async () => undefined,
    },
    openAnother: async () => ({ call, close: async () => void steps.push('left') }),
    rpc: { call: async () => ({ type: 0, params: [] }) },
  } as unknown as LibvirtHost
  const arrival: Arrival = {
    cookie,
    address: 'tcp://b:49152',
    isLost: false,
    onLost: () => undefined,
    finish: async (_, __, isCancelled) => {
      steps.push(`finish ${isCancelled ? 'back' : 'on'}`)
      if (finish) throw finish
      return cookie
    },
    hasIt: async () => has,
    outcome: async () => ({ downtimeMs: 84 }),
    close: async () => void steps.push('closed'),
  }
  const to = {
    receive: async () => {
      steps.push('prepare')
      if (prepare) throw prepare
      return arrival
    },
  } as unknown as MigrationSession
  const request = { options: usualMoveOptions, definitions: { running: '<domain/>' }, copiedDisks: [] }
  const context = { signal: new AbortController().signal, onFigures: () => undefined }
  const ended = await move(host, id, to, request, context).catch((error: unknown) => error)
  return { steps, ended }
}

describe('a move that we lead', () => {
  it('takes five steps, and the source lets go when the destination has said that it runs the VM', async () => {
    const { steps, ended } = await tell({})
    expect(steps).toEqual(['begin', 'prepare', 'perform', 'finish on', 'confirm on', 'closed', 'left'])
    expect(ended).toEqual({ downtimeMs: 84 })
  })

  it('is taken back at the source when the destination does not take the VM', async () => {
    const { steps, ended } = await tell({ prepare: refused })
    expect(steps).toEqual(['begin', 'prepare', 'confirm back', 'left'])
    expect(ended).toMatchObject({ cure: expect.stringContaining('goes on running where it was') })
  })

  it('is taken back at the destination when the copy breaks off; the source has done so itself', async () => {
    const { steps, ended } = await tell({ perform: refused })
    expect(steps).toEqual(['begin', 'prepare', 'perform', 'finish back', 'closed', 'left'])
    expect(ended).toMatchObject({ message: 'The migration broke off' })
  })

  it('tells the destination to give it up when nobody answers at the source, and where to look', async () => {
    const { steps, ended } = await tell({ perform: closed })
    expect(steps.slice(2)).toEqual(['perform', 'finish back', 'closed', 'left'])
    expect(ended).toMatchObject({
      kind: 'unreachable',
      cure: expect.stringContaining('Should it be paused there'),
    })
  })

  it('goes on at the source when the destination refuses the last step', async () => {
    const { steps } = await tell({ finish: refused })
    expect(steps.slice(3)).toEqual(['finish on', 'confirm back', 'closed', 'left'])
  })

  it('goes on at the source when the answer is lost and the destination says that it has no such VM', async () => {
    const { steps } = await tell({ finish: closed, has: false })
    expect(steps.slice(3)).toEqual(['finish on', 'confirm back', 'closed', 'left'])
  })

  it('is done when the answer is lost and the destination says that it runs the VM', async () => {
    const { steps, ended } = await tell({ finish: closed, has: true })
    expect(steps.slice(3)).toEqual(['finish on', 'confirm on', 'closed', 'left'])
    expect(ended).toEqual({ downtimeMs: 84 })
  })

  it('leaves the VM standing still at the source while nobody knows whether the destination runs it', async () => {
    const { steps, ended } = await tell({ finish: closed, has: undefined })
    expect(steps.slice(3)).toEqual(['finish on', 'closed', 'left'])
    expect(ended).toMatchObject({ kind: 'busy', cure: expect.stringContaining('it stays paused') })
  })
})
