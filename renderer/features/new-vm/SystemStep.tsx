import type { GuestKind } from '../../../shared/model/host-details'
import { firmwares, type Firmware, type NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { hasDevice, isMachine } from '../../../shared/model/new-vm/suggest-guest'
import { Folded } from '../../form/Folded'
import { Segmented } from '../../ui/Segmented'
import { Select, type SelectOption } from '../../ui/Select'
import { Checkbox } from '../../ui/Checkbox'
import { OsPicker } from './OsPicker'
import { errorAt } from './steps'
import { useWizard } from './wizard'

/** Which system it will be, and what the machine is. */
export function SystemStep() {
  const { shown, problems, set, known } = useWizard()
  const { guest } = known.offer
  const offered = displays.filter(
    ({ id }) => id === 'none' || id === shown.graphics || hasDevice(guest, 'graphics', 'type', id) !== false,
  )
  const isMoreWrong = errorAt(problems, 'guest', 'guest.machine', 'firmware', 'hasTpm') !== undefined
  return (
    <>
      <OsPicker />
      <Segmented
        label="Display"
        value={shown.graphics}
        segments={offered}
        onChange={(graphics) => set({ graphics })}
      />
      {errorAt(problems, 'graphics') === undefined ? null : (
        <p className="field-error">{errorAt(problems, 'graphics')}</p>
      )}
      <Folded title="Machine, firmware and TPM" isForced={isMoreWrong}>
        <Machine />
      </Folded>
    </>
  )
}

const displays: readonly { readonly id: NewVmInput['graphics']; readonly label: string }[] = [
  { id: 'vnc', label: 'VNC' },
  { id: 'spice', label: 'SPICE' },
  { id: 'none', label: 'None, text only' },
]

function Machine() {
  const { shown, known, problems, set, clear } = useWizard()
  const { capabilities, guest } = known.offer
  const { kind } = shown
  if (!kind || !capabilities) return <p className="nv-note">The host has not told yet what it can run.</p>
  const kinds = capabilities.guests.filter(isMachine)
  const chooseKind = (id: string): void => {
    const next = kinds.find((one) => kindId(one) === id)
    if (!next) return
    // the machines and firmware of one are not those of another
    clear('machine', 'firmware', 'virtType', 'hasTpm')
    set({ architecture: next.architecture, osType: next.osType })
  }
  return (
    <div className="nv-grid">
      <Select
        label="Kind of guest"
        value={kindId(kind)}
        options={kinds.map((one) => ({ id: kindId(one), label: kindLabel(one) }))}
        onChange={chooseKind}
        error={errorAt(problems, 'guest')}
        hint={
          kind.architecture === known.offer.info.architecture
            ? undefined
            : `The host is ${known.offer.info.architecture}: the guest is emulated, which is slow.`
        }
      />
      <Select
        label="Runs by"
        value={shown.virtType}
        options={kind.virtTypes.map(({ name }) => ({ id: name, label: virtLabel[name] ?? name }))}
        onChange={(virtType) => set({ virtType })}
      />
      <Select
        label="Machine"
        value={shown.machine ?? ''}
        options={machineOptions(kind)}
        onChange={(machine) => (machine === '' ? clear('machine') : set({ machine }))}
        error={errorAt(problems, 'guest.machine')}
      />
      {kind.osType === 'hvm' ? (
        <Select
          label="Firmware"
          value={shown.firmware ?? 'usual'}
          options={firmwareOptions(guest?.firmware)}
          onChange={(firmware) => (firmware === 'usual' ? clear('firmware') : set({ firmware }))}
          error={errorAt(problems, 'firmware')}
        />
      ) : null}
      {kind.osType === 'hvm' && hasDevice(guest, 'tpm', 'backendModel', 'emulator') !== false ? (
        <Checkbox isSelected={shown.hasTpm} onChange={(hasTpm) => set({ hasTpm })}>
          Virtual TPM 2.0
        </Checkbox>
      ) : null}
      {errorAt(problems, 'hasTpm') === undefined ? null : (
        <p className="field-error">{errorAt(problems, 'hasTpm')}</p>
      )}
    </div>
  )
}

function kindId({ architecture, osType }: GuestKind): string {
  return `${architecture} ${osType}`
}

function kindLabel({ architecture, osType }: GuestKind): string {
  if (osType === 'hvm') return architecture
  return `${architecture}, ${osType === 'xen' ? 'paravirtualised' : osType}`
}

const virtLabel: Readonly<Record<string, string>> = {
  kvm: 'KVM, by the processor',
  qemu: 'Emulation (TCG), slow',
  xen: 'Xen',
}

function machineOptions({ machines }: GuestKind): SelectOption<string>[] {
  return [
    { id: '', label: "The hypervisor's usual one" },
    ...machines.map(({ name, canonical, isDeprecated }) => ({
      id: name,
      label: name,
      ...(canonical === undefined && !isDeprecated
        ? {}
        : {
            hint: [canonical, ...(isDeprecated ? ['deprecated'] : [])]
              .filter((one) => one !== undefined)
              .join(', '),
          }),
    })),
  ]
}

const firmwareLabel: Record<Firmware, string> = {
  bios: 'BIOS',
  efi: 'UEFI',
  'efi-secure': 'UEFI with Secure Boot',
}

function firmwareOptions(
  firmware: { readonly kinds: readonly string[]; readonly secureBoot: string } | undefined,
): SelectOption<Firmware | 'usual'>[] {
  const why = (one: Firmware): string | undefined => {
    if (!firmware || firmware.kinds.length === 0) return undefined
    if (!firmware.kinds.includes(one === 'bios' ? 'bios' : 'efi')) return 'Not on this host for such guests'
    return one === 'efi-secure' && firmware.secureBoot === 'no'
      ? 'Not on this host for such guests'
      : undefined
  }
  return [
    { id: 'usual', label: "The hypervisor's usual one" },
    ...firmwares.map((id) => ({ id, label: firmwareLabel[id], disabledReason: why(id) })),
  ]
}
