/** From what the user chose and what the host offers to a whole new VM. Pure: what is typed never changes here. */
import type { HostChoices } from '../host-choices'
import type { GuestCapabilities, GuestKind, HostCapabilities } from '../host-details'
import type { HostInfo } from '../host'
import type { HostId } from '../ids'
import type { OsKnowledge } from '../os/os'
import { vmName } from '../vm'
import { answersSource, shownAnswers } from './answers-wish'
import { takesAnswersDisc } from './answers/format'
import { cloudSource, missingOfCloud, shownCloud, type ShownCloud } from './cloud-wish'
import { containerSourceOf, missingOfContainer, shownContainer, type ShownContainer } from './container-wish'
import type { TreeSource } from './install-tree'
import { suggestName } from './names'
import { maxSeries, newVmInput, type InstallSource, type NewVmInput, type PlanProblem } from './new-vm'
import {
  bestVirtType,
  firmwareFor,
  graphicsFor,
  guestKindFor,
  isContainerKind,
  machineFor,
  tpmFor,
} from './suggest-guest'
import { diskFormatFor, nicSourceFor, poolFor } from './suggest-places'
import { sizeFor } from './suggest-size'
import type { DiskOriginal, DiskWish, SourceKind, Wishes } from './wishes'

/** What is known of the host and the chosen system; what is still being asked is absent. */
export interface Offer {
  readonly host: HostId
  readonly info: Pick<HostInfo, 'architecture' | 'cpuCount' | 'memoryBytes'>
  readonly capabilities?: HostCapabilities | undefined
  /** Of the machine that is chosen or suggested. */
  readonly guest?: GuestCapabilities | undefined
  readonly choices?: Pick<HostChoices, 'networks' | 'interfaces' | 'pools'> | undefined
  readonly usualPool?: string | undefined
  readonly usualNetwork?: string | undefined
  readonly vmNames: readonly string[]
  readonly os?: OsKnowledge | undefined
  /** The chosen disc starts with UEFI and with nothing else. */
  readonly isEfiOnly?: boolean
}

/** As the wizard shows it: whole, though perhaps with texts where numbers belong. */
export interface Shown {
  readonly name: string
  readonly source: SourceKind
  /** Of a cloud image; there whatever the source. */
  readonly cloud: ShownCloud
  /** Of a container; there whatever the source. */
  readonly container: ShownContainer
  readonly kind: GuestKind | undefined
  readonly virtType: string
  readonly machine: string | undefined
  readonly firmware: NewVmInput['firmware']
  readonly hasTpm: boolean
  readonly vcpuCount: number | string
  readonly memoryBytes: number | string
  readonly disks: readonly ShownDisk[]
  readonly nics: NewVmInput['nics']
  readonly graphics: NewVmInput['graphics']
  readonly hasAutostart: boolean
  readonly startsNow: boolean
}

export type ShownDisk =
  | (Required<Omit<Extract<DiskWish, { kind: 'new' }>, 'volume' | 'bus' | 'original'>> &
      Pick<Extract<DiskWish, { kind: 'new' }>, 'volume' | 'bus' | 'original'>)
  | Extract<DiskWish, { kind: 'existing' }>

export interface Suggestion {
  readonly shown: Shown
  /** Absent while something is missing or wrong in itself; `problems` say what. */
  readonly input?: NewVmInput
  readonly problems: readonly PlanProblem[]
}

export function suggest(wishes: Wishes, offer: Offer): Suggestion {
  const shown = shownOf(wishes, offer)
  const problems = missing(wishes, shown, offer)
  if (problems.length > 0) return { shown, problems }
  const parsed = newVmInput.safeParse(inputOf(wishes, shown, offer))
  if (parsed.success) return { shown, input: parsed.data, problems }
  return {
    shown,
    problems: parsed.error.issues.map(({ path, message }) => ({
      level: 'error',
      field: path.join('.'),
      message,
    })),
  }
}

/** What a host can install from: only machines with firmware start from discs and networks. */
export function usualSource(kind: GuestKind | undefined): SourceKind {
  if (kind && isContainerKind(kind)) return 'container'
  return kind === undefined || kind.osType === 'hvm' ? 'iso' : 'import'
}

/** Kind and machine do not depend on what the guest can have: they are what it is asked about. */
export function guestOf(
  wishes: Wishes,
  { capabilities, info, os }: Pick<Offer, 'capabilities' | 'info' | 'os'>,
): { readonly kind?: GuestKind; readonly virtType: string; readonly machine?: string } {
  const kind = capabilities && guestKindFor(capabilities, wishes, info.architecture)
  if (!kind) return { virtType: wishes.virtType ?? '' }
  const offered = kind.virtTypes.some(({ name }) => name === wishes.virtType)
  const wished = kind.machines.some(({ name }) => name === wishes.machine) ? wishes.machine : undefined
  const machine = wished ?? machineFor(kind, os)
  return {
    kind,
    virtType: (offered ? wishes.virtType : bestVirtType(kind)) ?? '',
    ...(machine === undefined ? {} : { machine }),
  }
}

function shownOf(wishes: Wishes, offer: Offer): Shown {
  const { guest, os, info, choices } = offer
  const { kind, virtType, machine } = guestOf(wishes, offer)
  const source = sourceFor(wishes, kind)
  const size = sizeFor({
    os,
    architecture: kind?.architecture ?? info.architecture,
    isOverNetwork: source === 'network-boot' || source === 'tree',
    host: info,
  })
  const storageBytes = wishes.storageBytes ?? size.storageBytes
  const firmware =
    wishes.firmware ?? (kind && firmwareFor({ kind, guest, os, isEfiOnly: offer.isEfiOnly === true }))
  const hasNoFirmware = kind?.osType === 'xen' || source === 'container'
  const name =
    wishes.name ?? suggestName({ shortId: os?.shortId, medium: mediumOf(wishes, source) }, offer.vmNames)
  return {
    name,
    source,
    cloud: shownCloud(wishes.cloud ?? {}, offer, name, storageBytes),
    container: shownContainer(wishes.container ?? {}),
    kind,
    virtType,
    machine,
    firmware: hasNoFirmware ? undefined : firmware,
    hasTpm: source === 'container' ? false : (wishes.hasTpm ?? tpmFor(os, guest)),
    vcpuCount: wishes.vcpuCount ?? size.vcpuCount,
    memoryBytes: wishes.memoryBytes ?? size.memoryBytes,
    disks: disksOf(wishes, source).map((disk, at) =>
      shownDisk(disk, offer, at === 0 && source !== 'cloud' ? storageBytes : size.storageBytes),
    ),
    nics: (wishes.nics ?? [{}]).map(({ source: to, model }) => ({
      source: to ?? (choices ? nicSourceFor(choices, offer.usualNetwork) : { kind: 'user' }),
      ...(model === undefined ? {} : { model }),
    })),
    graphics:
      source === 'container'
        ? 'none'
        : (wishes.graphics ?? (isTextInstall(wishes, source) ? 'none' : graphicsFor(guest))),
    hasAutostart: wishes.hasAutostart ?? false,
    // an installation from the web is its first start
    startsNow: source === 'tree' ? true : (wishes.startsNow ?? true),
  }
}

/** What was chosen on a host with VMs does not fit one with containers, nor the other way round. */
function sourceFor({ source }: Wishes, kind: GuestKind | undefined): SourceKind {
  if (source === undefined || !kind) return source ?? usualSource(kind)
  return isContainerKind(kind) === (source === 'container') ? source : usualSource(kind)
}

function isTextInstall(wishes: Wishes, source: SourceKind): boolean {
  return source === 'tree' && isOnTextConsole(wishes)
}

/** Without a display there is nothing else that an installer could be seen on. */
export function isOnTextConsole({ tree, graphics }: Pick<Wishes, 'tree' | 'graphics'>): boolean {
  return graphics === 'none' || tree?.isTextConsole === true
}

function mediumOf({ disc, disks, cloud }: Wishes, source: SourceKind): Wishes['disc'] {
  if (source === 'cloud') return cloud?.base
  if (source === 'iso') return disc
  return source === 'import' ? hostImage(disks?.[0]) : undefined
}

/** What is on the disk from the beginning. */
export function imageOf(disk: DiskWish | ShownDisk | undefined): DiskOriginal | undefined {
  if (disk?.kind === 'existing') return disk.image
  return disk?.original === 'missing' ? undefined : disk?.original
}

/** The same, where it is on the host already. */
export function hostImage(
  disk: DiskWish | ShownDisk | undefined,
): Exclude<DiskOriginal, { kind: 'local' }> | undefined {
  const image = imageOf(disk)
  return image?.kind === 'local' ? undefined : image
}

/** Not empty, whether or not the image is chosen already. */
export function hasImage(disk: DiskWish | ShownDisk | undefined): boolean {
  return disk?.kind === 'existing' || disk?.original !== undefined
}

/** What was chosen; without that, what the source needs: a disk to install to, or one with a system. */
export function disksOf({ disks }: Pick<Wishes, 'disks'>, source: SourceKind): readonly DiskWish[] {
  // they have folders of the host
  if (source === 'container') return []
  if (disks) return disks
  // the image is the first disk, before those that are chosen
  if (source === 'cloud') return []
  return [source === 'import' ? { kind: 'existing' } : { kind: 'new' }]
}

function shownDisk(disk: DiskWish, { choices, usualPool }: Offer, storageBytes: number): ShownDisk {
  if (disk.kind === 'existing') return disk
  const pools = choices?.pools.items ?? []
  const pool = pools.find(({ name }) => name === disk.pool) ?? poolFor(pools, usualPool)
  return {
    ...disk,
    pool: disk.pool ?? pool?.name ?? '',
    // main makes it as large as what it is copied from
    sizeBytes: disk.sizeBytes ?? (disk.original === undefined ? storageBytes : 1024 * 1024),
    format: disk.format ?? diskFormatFor(pool),
    isFull: disk.isFull ?? false,
  }
}

function missing(wishes: Wishes, shown: Shown, { capabilities, choices }: Offer): PlanProblem[] {
  const problems: PlanProblem[] = []
  const miss = (field: string, message: string, cure?: string): void => {
    problems.push({ level: 'error', field, message, ...(cure === undefined ? {} : { cure }) })
  }
  const name = vmName.safeParse(shown.name)
  if (!name.success) miss('name', name.error.issues[0]?.message ?? 'Enter another name')
  if (capabilities && !shown.kind)
    miss('guest', 'This host runs neither virtual machines nor containers', 'Choose another host.')
  else if (!capabilities) miss('guest', 'The host has not told yet what it can run')
  if (shown.source === 'iso' && !wishes.disc) miss('source.disc', 'Choose the disc to install from')
  if (shown.source === 'drive' && wishes.device === undefined)
    miss('source.device', 'Choose a drive of the host')
  if (shown.source === 'tree' && (wishes.tree?.url ?? '').trim() === '')
    miss('source.url', 'Enter the address to install from')
  if (
    shown.source === 'tree' &&
    wishes.answers?.kind === 'url' &&
    (wishes.tree?.answersUrl ?? '').trim() === ''
  )
    miss('source.answersUrl', 'Enter the address of the file with answers')
  if (shown.source === 'container') problems.push(...missingOfContainer(shown.container))
  if (shown.source === 'cloud') problems.push(...missingOfCloud(shown.cloud, choices !== undefined))
  if (!isCount(shown.vcpuCount)) miss('vcpuCount', 'Enter a whole number, at least 1')
  const count = shown.source === 'container' ? 1 : (wishes.count ?? 1)
  if (!isCount(count) || Number(count) > maxSeries)
    miss('count', `Enter a whole number from 1 to ${maxSeries}`)
  if (typeof shown.memoryBytes !== 'number') miss('memoryBytes', 'Enter a size, such as 2 GiB')
  for (const [at, disk] of shown.disks.entries()) {
    if (disk.kind === 'existing') {
      if (!disk.image) miss(`disks.${at}.image`, 'Choose an image')
    } else {
      if (disk.original === 'missing') miss(`disks.${at}.original`, 'Choose an image')
      if (typeof disk.sizeBytes !== 'number') miss(`disks.${at}.sizeBytes`, 'Enter a size, such as 20 GiB')
      if (disk.pool === '' && choices)
        miss(
          `disks.${at}.pool`,
          'No pool of this host takes new disks now',
          'Start or make one on the Storage page of the host, or create the VM without a disk.',
        )
    }
  }
  return problems
}

function isCount(value: number | string): boolean {
  return typeof value === 'number' && value >= 1
}

/** Checked by the schema afterwards, which is why texts may be left in it. */
function inputOf(wishes: Wishes, shown: Shown, offer: Offer): unknown {
  const { host, os } = offer
  const { kind, virtType, machine, firmware, disks, cloud, container, ...rest } = shown
  const osId = os?.id ?? wishes.osId
  return {
    ...rest,
    host,
    guest: {
      virtType,
      osType: kind?.osType,
      architecture: kind?.architecture,
      ...(machine === undefined ? {} : { machine }),
    },
    ...(osId === undefined || wishes.noOs === true ? {} : { osId }),
    source:
      shown.source === 'cloud'
        ? cloudSource(cloud, wishes.cloud ?? {})
        : shown.source === 'container'
          ? containerSourceOf(container)
          : sourceOf(wishes, shown.source, offer),
    ...(firmware === undefined ? {} : { firmware }),
    disks: disks.map((disk) =>
      disk.kind === 'new' && disk.volume?.trim() === '' ? { ...disk, volume: undefined } : disk,
    ),
    changes: wishes.changes ?? [],
    ...(wishes.count === undefined || wishes.count === 1 || shown.source === 'container'
      ? {}
      : { count: wishes.count }),
    ...(wishes.changesBase === undefined ? {} : { changesBase: wishes.changesBase }),
  }
}

function sourceOf(wishes: Wishes, kind: SourceKind, offer: Offer): Partial<InstallSource> {
  if (kind === 'iso')
    return {
      kind,
      disc: wishes.disc,
      second: [...(wishes.second ?? [])],
      // chosen for another disc, or for an address
      answers:
        offer.os && !takesAnswersDisc(offer.os)
          ? undefined
          : answersSource(shownAnswers(wishes.answers ?? {}, offer), offer.os?.family),
    } as InstallSource
  if (kind === 'drive') return { kind, device: wishes.device ?? '' }
  if (kind === 'tree') return treeSourceOf(wishes, offer)
  return { kind }
}

/** Checked by the schema afterwards. */
function treeSourceOf(wishes: Wishes, offer: Offer): TreeSource {
  const { tree = {}, answers: wish = {} } = wishes
  const answersUrl = wish.kind === 'url' ? (tree.answersUrl?.trim() ?? '') : ''
  const answers = answersSource(shownAnswers(wish, offer), offer.os?.family)
  return {
    kind: 'tree',
    url: tree.url?.trim() ?? '',
    kernelArgs: tree.kernelArgs?.trim() ?? '',
    ...(answersUrl === '' ? {} : { answersUrl }),
    ...(answers === undefined ? {} : { answers: answers as NonNullable<TreeSource['answers']> }),
    isTextConsole: isOnTextConsole(wishes),
  }
}
