/** A VM's hardware in a window without a host behind it, for tests of panels. */
import { act, fireEvent, render, screen } from '@testing-library/react'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import type { HardwareItem, HardwareView } from '../../../../shared/model/hardware/view'
import type { HostDetails } from '../../../../shared/model/host-details'
import { vmId, vmKey } from '../../../../shared/model/ids'
import { installFakeMain, type Answers } from '../../../api/fake'
import { closeDialog } from '../../../stores/dialogs'
import { replaceHosts } from '../../../stores/hosts'
import { connectedHost } from '../../../stores/test-host'
import { replaceVms } from '../../../stores/vms'
import { HardwareTab } from '../HardwareTab'
import { forgetHostData } from '../../../form/host-data'
import { hardwareOf, putChanges, useHardwareStore } from '../store'

const host = connectedHost('h')
const id = vmId.parse('11111111-2222-3333-4444-555555555555')
const key = vmKey({ host: host.id, vm: id })

export function itemOf(
  kind: string,
  itemKey: string,
  values: HardwareItem['values'],
  live?: HardwareItem['values'],
): HardwareItem {
  return { ref: { kind, key: itemKey }, values, hasMore: false, ...(live ? { live } : {}) }
}

interface World {
  readonly items: readonly HardwareItem[]
  readonly view?: Partial<HardwareView>
  readonly hosts?: Answers['hosts']
  readonly details?: HostDetails
}

export function showHardware({ items, view, hosts, details }: World): void {
  forgetHostData()
  useHardwareStore.setState({ byVm: {} })
  installFakeMain({
    hardware: {
      view: () => ({
        base: 'one',
        name: 'web-01',
        guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
        isRunning: false,
        isPersistent: true,
        items,
        pending: [],
        ...view,
      }),
      preview: ({ changes }) => ({
        before: '<domain/>\n',
        after: '<domain/>\n',
        effects: changes.map(() => ({ when: 'next-start' })),
        commands: [],
      }),
    },
    hosts: { ...(details ? { details: () => details } : {}), ...hosts },
  })
  replaceHosts([host])
  replaceVms([
    {
      id,
      host: host.id,
      name: 'web-01',
      state: view?.isRunning === true ? 'running' : 'shut-off',
      isPersistent: true,
      hasSavedState: false,
      autostart: false,
      vcpuCount: 2,
      memoryBytes: 1024 ** 3,
      maxMemoryBytes: 1024 ** 3,
    },
  ])
  closeDialog()
  render(<HardwareTab host={host.id} vm={id} />)
}

export async function openPage(name: RegExp): Promise<void> {
  fireEvent.click(await screen.findByRole('option', { name }))
}

/** What would be applied. */
export function drafted(): readonly HardwareChange[] {
  return hardwareOf(key).changes
}

export function draftChanges(changes: readonly HardwareChange[]): void {
  act(() => putChanges(key, changes))
}
