import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../../e2e/lab/lab'
import { openLocalLink } from '../../link/local'
import { LibvirtSession } from '../../libvirt-rpc/index'
import { watchDomains } from './events'

/** libvirtd 9.0 crashed after some 200 connections that ended while they listened and calls of theirs ran. */
const rounds = 800

describe('connections that listen and end while calls run', () => {
  let lab: Lab
  let host: LabHost

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
  })
  afterAll(() => lab.stop())

  const daemon = () => host.exec(['pidof', 'libvirtd'])

  it('leave the daemon running', async () => {
    const before = await daemon()
    const link = openLocalLink()
    const socketPath = new URL(host.uri()).searchParams.get('socket') ?? ''
    for (let round = 0; round < rounds; round += 1) {
      const session = await LibvirtSession.open({
        dial: () => link.openUnix(socketPath),
        name: 'qemu:///system',
        readOnly: false,
      })
      await watchDomains(session, () => undefined)
      const calls = Array.from({ length: 4 }, () => session.call('CONNECT_GET_CAPABILITIES'))
      // the end comes at another moment of the daemon's work each time
      await new Promise((resolve) => setTimeout(resolve, (round % 16) / 5))
      await session.close()
      await Promise.allSettled(calls)
    }
    await link.close()
    expect(await daemon()).toBe(before)
  }, 120_000)
})
