import { expect, it } from 'vitest'
import type { LocalDaemon } from '../../shared/model/host'
import { firstHost } from './first-run'

const daemon = (uri: string, ok: boolean, isAdded = false): LocalDaemon => ({
  uri,
  title: uri,
  isAdded,
  access: ok ? { ok } : { ok, error: { kind: 'denied', message: 'no' } },
})
const first = (daemons: LocalDaemon[], told?: string) =>
  firstHost({ defaultUri: async () => told, findLocal: async () => daemons })

it('takes the URI that libvirt’s own clients would use', async () => {
  expect(await first([daemon('qemu:///system', true)], 'xen:///system')).toBe('xen:///system')
})

it('takes a hypervisor of this computer that may be opened', async () => {
  expect(await first([daemon('qemu:///system', false), daemon('qemu:///session', true)])).toBe(
    'qemu:///session',
  )
})

it('takes none that may not be opened or is in the list', async () => {
  expect(await first([daemon('qemu:///system', false), daemon('lxc:///system', true, true)])).toBeUndefined()
  expect(await first([])).toBeUndefined()
})
