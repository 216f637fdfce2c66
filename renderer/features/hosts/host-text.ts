import type { Host, HostInfo } from '../../../shared/model/host'
import type { DaemonState, HostCpu, HostDetails } from '../../../shared/model/host-details'
import { formatDuration } from '../../../shared/units'

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
