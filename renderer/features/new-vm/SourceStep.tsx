import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { NodeDevice } from '../../../shared/model/node-device'
import { hasImage, hostImage, imageOf } from '../../../shared/model/new-vm/suggest'
import type { DiskWish, SourceKind } from '../../../shared/model/new-vm/wishes'
import { useNodeDevices } from '../../form/host-data'
import { DiskIcon, EjectIcon, NetworkIcon } from '../../ui/icons/hardware'
import { CloudIcon, DiscIcon, GlobeIcon, VmIcon } from '../../ui/icons/objects'
import type { Icon } from '../../ui/icons/icon'
import { Select } from '../../ui/Select'
import { CloudSource } from './CloudSource'
import { ContainerSource } from './ContainerSource'
import { DiscSource } from './DiscSource'
import { ForeignFound } from './ForeignFile'
import { ImageField } from './ImageField'
import { InstallTree } from './InstallTree'
import { OtherSources } from './OtherSources'
import { errorAt } from './steps'
import { useWizard } from './wizard'

interface Way {
  readonly id: SourceKind
  readonly label: string
  readonly icon: Icon
  /** Why it cannot be chosen: in two or three words, as it stands on a small tile, and in full. */
  readonly why?: { readonly short: string; readonly full: string } | undefined
}

const noDrive = { short: 'None here', full: 'This host has no drive for discs' }

/** Where the system comes from. */
export function SourceStep() {
  // what a host of containers has has nothing to do with discs
  return useWizard().shown.source === 'container' ? <ContainerSource /> : <VmSource />
}

function VmSource() {
  const { host, wishes, shown, problems, set, clear } = useWizard()
  const drives = drivesOf(useNodeDevices(host).value ?? [])
  const noFirmware = ['xen', 'xenpvh'].includes(shown.kind?.osType ?? '')
    ? { short: 'Not for PV', full: 'Paravirtualised guests have no firmware that could start from it' }
    : undefined
  const ways: readonly Way[] = [
    { id: 'iso', label: 'ISO image', icon: DiscIcon, why: noFirmware },
    {
      id: 'drive',
      label: 'Host drive',
      icon: EjectIcon,
      why: noFirmware ?? (drives.length === 0 ? noDrive : undefined),
    },
    { id: 'tree', label: 'Network install', icon: GlobeIcon },
    { id: 'cloud', label: 'Cloud image', icon: CloudIcon },
    { id: 'network-boot', label: 'Network boot', icon: NetworkIcon, why: noFirmware },
    { id: 'import', label: 'Existing disk', icon: DiskIcon },
    { id: 'none', label: 'No medium', icon: VmIcon },
  ]
  const choose = (source: SourceKind): void => {
    const [only] = wishes.disks ?? []
    if (wishes.foreign && source !== 'import')
      clear('foreign', 'foreignDevices', 'foreignDisks', 'disks', 'nics', 'osType', 'startsNow')
    // a disk that was only there for the other source goes with it
    if (source === 'cloud' || shown.source === 'cloud') clear('disks')
    if (wishes.disks?.length === 1 && hasImage(only) !== (source === 'import')) clear('disks')
    set({ source })
  }
  return (
    <>
      <RadioGroup
        className="nv-ways"
        value={shown.source}
        onChange={(key) => {
          const way = ways.find(({ id }) => id === key)
          if (way) choose(way.id)
        }}
      >
        <Label className="visually-hidden">Install from</Label>
        {ways.map(({ id, label, icon: WayIcon, why }) => (
          <Radio key={id} value={id} isDisabled={why !== undefined} className="nv-way">
            <WayIcon size={18} />
            <span>{label}</span>
            {why === undefined ? null : (
              <span className="nv-way-why" title={why.full}>
                {why.short}
              </span>
            )}
          </Radio>
        ))}
      </RadioGroup>
      <OtherSources host={host} />
      <ForeignFound />
      {shown.source === 'iso' ? <DiscSource /> : null}
      {shown.source === 'drive' ? (
        <Select
          label="Drive"
          value={wishes.device ?? ''}
          options={drives}
          onChange={(device) => set({ device })}
          hint="The VM starts from the disc that lies in it."
          error={errorAt(problems, 'source.device', 'source')}
        />
      ) : null}
      {shown.source === 'tree' ? <InstallTree /> : null}
      {shown.source === 'cloud' ? <CloudSource /> : null}
      {shown.source === 'network-boot' ? (
        <p className="nv-note">
          The VM asks the network for something to start, by PXE, before it tries its disk. A server on that
          network has to answer.
        </p>
      ) : null}
      {shown.source === 'import' ? <FirstImage /> : null}
      {shown.source === 'none' ? (
        <p className="nv-note">
          The VM gets an empty disk and nothing to install from. A disc can be put in later, on its hardware
          page.
        </p>
      ) : null}
    </>
  )
}

function FirstImage() {
  const { wishes, shown, problems, set } = useWizard()
  const [first] = shown.disks
  const isCopied = first?.kind === 'new' && hasImage(first)
  // it is shown with the file it belongs to
  if (imageOf(first)?.kind === 'local') return null
  return (
    <>
      <ImageField
        label="Disk image"
        value={hostImage(first)}
        onChange={(image) => {
          const [wish, ...others] = wishes.disks ?? []
          const next: DiskWish = isCopied
            ? { ...wish, kind: 'new', original: image }
            : { kind: 'existing', image }
          set({ disks: [next, ...others] })
        }}
        error={errorAt(problems, 'disks.0.image', 'disks.0.original', 'disks.0', 'disks')}
      />
      <p className="nv-note">
        {isCopied
          ? `It is copied into ${first.pool} as ${first.format} and stays as it was.`
          : 'The disk is used where it is: what the VM writes is written to it. To keep it as it was, choose “Copy of an image” at Storage.'}
      </p>
    </>
  )
}

function drivesOf(devices: readonly NodeDevice[]): { readonly id: string; readonly label: string }[] {
  return devices.flatMap((device) =>
    device.kind === 'storage' && device.driveType === 'cdrom'
      ? [
          {
            id: device.block,
            label: [device.block, device.vendor, device.model].filter((part) => part !== undefined).join(' '),
          },
        ]
      : [],
  )
}
