import { expect, it } from 'vitest'
import type { LibvirtSession } from '../../libvirt-rpc/index'
import { listening, listenOnce } from './resource-events'

function daemon(register: () => Promise<Set<string>>) {
  const asked: string[] = []
  const heard = new Map<string, (message: unknown) => void>()
  const rpc = {
    onEvent: (name: string, listener: (message: unknown) => void) => heard.set(name, listener),
    registerEvents: async (names: readonly string[]) => {
      asked.push(...names)
      return register()
    },
  } as unknown as LibvirtSession
  return { rpc, asked, heard }
}

it('a connection that shows neither pools nor networks nor secrets registers nothing, one that does once', async () => {
  const { rpc, asked, heard } = daemon(async () => new Set())
  const hints: string[] = []
  const listen = listenOnce(rpc, (resource, name) => hints.push(`${resource} ${name}`))
  const part = listening({ pools: async () => asked.length }, listen)
  expect(asked).toEqual([])
  // registered before the list is read
  expect(await part.pools()).toBe(6)
  expect(await part.pools()).toBe(6)
  expect(new Set(asked).size).toBe(6)
  heard.get('STORAGE_POOL_EVENT_LIFECYCLE')?.({ pool: { name: 'images' } })
  heard.get('NETWORK_EVENT_LIFECYCLE')?.({ net: { name: 'default' } })
  expect(hints).toEqual(['pool images', 'network default'])
})

it('a host without such events is listed nevertheless', async () => {
  const { rpc } = daemon(() => Promise.reject(new Error('unsupported')))
  const part = listening(
    { pools: async () => 'listed' },
    listenOnce(rpc, () => undefined),
  )
  expect(await part.pools()).toBe('listed')
})
