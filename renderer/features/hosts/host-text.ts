import type { Host, HostInfo } from '../../../shared/model/host'
import type { DaemonState, HostCpu, HostDetails, HostMemory } from '../../../shared/model/host-details'
import {
  bridgeHelperText,
  loopText,
  networkServiceText,
  type HostServices,
} from '../../../shared/model/host-services'
import { formatBytes, formatDuration } from '../../../shared/units'

export function topologyText({ sockets, dies, cores, threads }: HostCpu): string {
  const parts = [plural(sockets, 'socket')]
  if (dies > sockets) parts.push(plural(dies, 'die'))
  parts.push(plural(cores, 'core'), plural(threads, 'thread'))
  return parts.join(' · ')
}

type Line = readonly [string, string | undefined]

const reachText = {
  local: 'On this computer, by a socket',
  ssh: 'By ssh',
  network: 'Directly over the network',
} as const

export function connectionText(host: Host, { connection }: HostDetails): Line[] {
  const { reach, isSecure, isEncrypted, account } = connection
  const { status } = host
  const way = host.isDemo ? 'In memory: the demo host' : reachText[reach]
  return [
    ['Reached', way],
    ['URI', host.uri],
    ['Account', account],
    [
      'Protection',
      isEncrypted
        ? 'Encrypted'
        : reach === 'local'
          ? 'Does not leave this computer'
          : isSecure
            ? 'Secure'
            : 'Not encrypted: others on the network can read along',
    ],
    ['Connected', status.kind === 'connected' ? new Date(status.sinceMs).toLocaleString() : undefined],
    [
      'Access',
      (status.kind === 'connected' ? status.info.isReadOnly : host.readOnly)
        ? 'Read-only'
        : 'Reading and changing',
    ],
  ]
}

/** How the host keeps the memory of its guests, as far as it tells. */
export function memoryText({ merging, transparentHugePages }: HostMemory): Line[] {
  return [
    ['Equal pages kept once (KSM)', merging && mergingText(merging)],
    ['Scanned', merging && scanText(merging)],
    ['Huge pages without reserving', transparentHugePages && hugePagesText[transparentHugePages]],
  ]
}

export function servicesText({ network, bridgeHelper, loopDevices }: HostServices): Line[] {
  return [
    ['Network set up by', network && networkServiceText(network)],
    ['Bridge helper', bridgeHelper && bridgeHelperText(bridgeHelper)],
    ['Loop devices', loopDevices && loopText(loopDevices)],
  ]
}

const hugePagesText = {
  always: 'For every program (transparent huge pages: always)',
  madvise: 'For programs that ask, as QEMU does (transparent huge pages: madvise)',
  never: 'For none (transparent huge pages: never)',
} as const

type Merging = NonNullable<HostMemory['merging']>

function mergingText({ isOn, savedBytes, savedPages = 0, keptPages, isAcrossNodes }: Merging): string {
  if (savedPages === 0) return isOn ? 'On, nothing saved yet' : 'Off'
  const saved = savedBytes === undefined ? plural(savedPages, 'page') : formatBytes(savedBytes)
  const parts = [`${isOn ? 'On' : 'Off, what was merged stays'}, saves ${saved}`]
  if (keptPages !== undefined) parts.push(`${plural(keptPages, 'page')} shared`)
  if (isAcrossNodes === false) parts.push('within NUMA nodes only')
  return parts.join(' · ')
}

function scanText({ isOn, fullScans, pagesPerScan, pauseMs, differingPages }: Merging): string | undefined {
  if (!isOn) return undefined
  const parts: string[] = []
  if (fullScans !== undefined) parts.push(`${plural(fullScans, 'time')} in full`)
  if (pagesPerScan !== undefined && pauseMs !== undefined)
    parts.push(`${plural(pagesPerScan, 'page')} every ${pauseMs} ms`)
  if (differingPages !== undefined) parts.push(`${plural(differingPages, 'page')} without an equal`)
  return parts.length === 0 ? undefined : parts.join(' · ')
}

export function daemonText(info: HostInfo | undefined, daemon: DaemonState): Line[] {
  const { daemonVersion, libraryVersion, hypervisorVersion, uptimeMs, answerMs } = daemon
  const isSame = libraryVersion === undefined || libraryVersion === daemonVersion
  return [
    ['Hypervisor', [info?.hypervisor, hypervisorVersion].filter(Boolean).join(' ')],
    [
      info?.daemon?.name ?? 'Daemon',
      daemonVersion && (isSame ? daemonVersion : `${daemonVersion} (library ${libraryVersion})`),
    ],
    ['Daemon up for', uptimeMs === undefined ? undefined : formatDuration(uptimeMs)],
    ['Answers in', answerMs < 1 ? 'under 1 ms' : `${Math.round(answerMs)} ms`],
  ]
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
