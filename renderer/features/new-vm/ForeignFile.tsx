import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { ForeignDisk, ForeignNic, ForeignVm } from '../../../shared/model/new-vm/foreign'
import {
  devicesOfForeign,
  disksOf,
  usualDevices,
  withDisks,
  wishesOfForeign,
  type ForeignTarget,
} from '../../../shared/model/new-vm/foreign-wishes'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { openDialog } from '../../stores/dialogs'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { useWizard } from './wizard'

function useTarget(): ForeignTarget {
  const { known } = useWizard()
  return { capabilities: known.capabilities.value, choices: known.offer.choices }
}

/** Fills the wizard from a file that another hypervisor has of its VM. */
export function useForeignFile(): {
  readonly choose: () => Promise<void>
  readonly failure: ErrorData | undefined
} {
  const { host, set, clear } = useWizard()
  const target = useTarget()
  const [failure, setFailure] = useState<ErrorData>()
  const choose = async (): Promise<void> => {
    setFailure(undefined)
    try {
      const file = await api.files.chooseLocal({ kind: 'open', title: 'Choose the description of the VM' })
      if (!file) return
      const bundle = await api.newVm.readBundle({ file: file.id })
      if (bundle) {
        openDialog({ kind: 'newVmFromBundle', host, file: file.id, bundle })
        return
      }
      const vm = await api.newVm.readForeign({ file: file.id })
      // what another file or source left does not belong to this VM
      clear(
        'name',
        'memoryBytes',
        'vcpuCount',
        'firmware',
        'machine',
        'osType',
        'osId',
        'changes',
        'changesBase',
      )
      set(wishesOfForeign(vm, usualDevices(vm), target))
    } catch (reason) {
      setFailure(errorData(reason))
    }
  }
  return { choose, failure }
}

/** What was found in it, and what the user has to see to. */
export function ForeignFound() {
  const { wishes, shown, set } = useWizard()
  const target = useTarget()
  const { foreign: vm, foreignDisks: how = 'in-place' } = wishes
  if (!vm) return null
  const locals = disksOf(vm).filter(({ local }) => local)
  const pool = shown.disks.find((disk) => disk.kind === 'new')?.pool ?? 'a pool'
  const isXenHost = target.capabilities?.guests.some(({ virtTypes }) =>
    virtTypes.some(({ name }) => name === 'xen'),
  )
  const discs = vm.disks.filter(({ device, file }) => device === 'disc' && file !== undefined)
  return (
    <section className="nv-card" aria-label="Found in the file">
      <header className="nv-card-head">
        <h3>
          {vm.name ?? 'A VM'} of {origins[vm.format]}
        </h3>
        <span className="secondary">
          {[
            vm.vcpuCount === undefined ? undefined : `${vm.vcpuCount} virtual CPUs`,
            vm.memoryBytes === undefined ? undefined : formatBytes(vm.memoryBytes),
            vm.osHint,
          ]
            .filter((part) => part !== undefined)
            .join(', ')}
        </span>
      </header>
      <table className="host-table nv-found" aria-label="Disks and network cards">
        <tbody>
          {[...disksOf(vm), ...discs].map((disk, at) => (
            // two empty ones look the same
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={at}>
              <th scope="row">{disk.device === 'disk' ? 'Disk' : 'Disc'}</th>
              <td className="mono">{disk.file ?? (disk.sizeBytes === undefined ? 'no file' : 'empty')}</td>
              <td>{diskText(disk)}</td>
            </tr>
          ))}
          {vm.nics.map((nic, at) => (
            // cards have no other name than their place
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={at}>
              <th scope="row">Network card</th>
              <td className="mono">{nic.mac ?? 'no address'}</td>
              <td>{nicText(nic)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isXenHost === true ? null : (
        <Segmented
          label="Devices"
          value={wishes.foreignDevices ?? 'emulated'}
          segments={[
            { id: 'emulated', label: 'Emulated: most systems have drivers' },
            { id: 'virtio', label: 'virtio: faster, needs drivers' },
          ]}
          onChange={(devices) => set(devicesOfForeign(wishes, vm, devices, target))}
        />
      )}
      {disksOf(vm).some(
        ({ file, sizeBytes, local }) =>
          !local && file?.startsWith('/') !== true && (file !== undefined || sizeBytes === undefined),
      ) ? (
        <p className="nv-note">
          Some of its disks lie neither beside the file nor at a path of the host: choose each of them at
          Storage.
        </p>
      ) : null}
      {disksOf(vm).some(({ file, local }) => file !== undefined && !local) ? (
        <Segmented
          label="Disks"
          value={how}
          segments={[
            { id: 'convert', label: `Convert into ${pool}` },
            { id: 'in-place', label: 'Use in place' },
          ]}
          onChange={(next) => set(withDisks(wishes, vm, next))}
        />
      ) : null}
      <Note tone="warning">
        {locals.length > 0
          ? `The disks beside the file, or in it, are uploaded to ${pool} and converted there. They stay as they are.`
          : how === 'convert'
            ? 'The disks are copied and stay as they are. Shut the VM down where it comes from first: a copy of a disk that is being written to may be broken.'
            : 'The disks are used as they are, and what the VM writes is written to them. Shut the VM down where it comes from first.'}
      </Note>
      {vm.nics.some(({ mac }) => mac !== undefined) ? (
        <p className="nv-note">
          The cards get new MAC addresses. The old ones can be given to them by “Change hardware…” on the
          summary.
        </p>
      ) : null}
      {discs.length > 0 ? (
        <p className="nv-note">Discs are not taken along: put them in on the hardware page.</p>
      ) : null}
      {vm.notes.map((note) => (
        <Note key={note} tone="warning">
          {note}
        </Note>
      ))}
    </section>
  )
}

const origins: Readonly<Record<ForeignVm['format'], string>> = {
  xl: 'Xen',
  vmx: 'VMware',
  ovf: 'an OVF package',
  box: 'Vagrant',
}

function diskText({ format, bus, isReadOnly, sizeBytes }: ForeignDisk): string {
  const size = sizeBytes === undefined ? undefined : formatBytes(sizeBytes)
  return [size, format, bus, isReadOnly ? 'read-only' : undefined]
    .filter((part) => part !== undefined)
    .join(', ')
}

function nicText({ model, network }: ForeignNic): string {
  return [model, network].filter((part) => part !== undefined).join(', ')
}
