/**
 * What libvirt does not tell but files of the host do: operating system, kernel, memory merging, flaws of the
 * processor. Read through the link where it runs commands on the very host the daemon runs on, in one command; nothing
 * of it is needed, and whatever cannot be read stays unknown.
 */
import { AppError } from '../../../shared/errors'
import type { Known } from '../../../shared/model/host-security'
import type { Link } from '../../link/link'
import { given } from '../../../shared/given'
import { memoryFiles, memoryFrom, type KeptMemory } from './memory-files'

export interface HostFiles {
  readonly os?: string
  readonly kernel?: string
  readonly uptimeMs?: number
  readonly daemonUptimeMs?: number
  readonly ksm: Known
  readonly smt: Known
  readonly nested: Known
  readonly openFlaws?: readonly string[]
  readonly memory: KeptMemory
  /** Why nothing could be read. */
  readonly whyUnknown?: string
}

const flawFolder = '/sys/devices/system/cpu/vulnerabilities'
/** https://www.kernel.org/doc/html/latest/admin-guide/hw-vuln/index.html */
const flawFiles = [
  'meltdown',
  'spectre_v1',
  'spectre_v2',
  'spec_store_bypass',
  'l1tf',
  'mds',
  'tsx_async_abort',
  'itlb_multihit',
  'srbds',
  'mmio_stale_data',
  'retbleed',
  'spec_rstack_overflow',
  'gather_data_sampling',
  'reg_file_data_sampling',
]
const hostnameFile = '/proc/sys/kernel/hostname'
const pidFiles = ['/run/libvirtd.pid', '/run/virtqemud.pid', '/run/virtxend.pid', '/run/virtlxcd.pid']
const nestedFiles = ['/sys/module/kvm_intel/parameters/nested', '/sys/module/kvm_amd/parameters/nested']
const smtFile = '/sys/devices/system/cpu/smt/active'
const files = [
  hostnameFile,
  '/proc/sys/kernel/osrelease',
  '/proc/uptime',
  '/etc/os-release',
  ...memoryFiles,
  smtFile,
  ...nestedFiles,
  ...pidFiles,
  ...flawFiles.map((name) => `${flawFolder}/${name}`),
]

const limitMs = 6000
/** All of the files together take some kilobytes. */
const maxBytes = 256 * 1024
const nothing: HostFiles = { ksm: 'unknown', smt: 'unknown', nested: 'unknown', memory: {} }

export async function readHostFiles(link: Link, daemonHostname: string): Promise<HostFiles> {
  try {
    const texts = await readLines(link, files)
    const [here = ''] = texts.get(hostnameFile) ?? []
    if (!isSameHost(here, daemonHostname)) return { ...nothing, whyUnknown: elsewhere(here, daemonHostname) }
    const pid = pidFiles
      .map((file) => texts.get(file)?.[0]?.trim())
      .find((text) => /^\d{1,9}$/.test(text ?? ''))
    const stat =
      pid === undefined ? undefined : (await readLines(link, [`/proc/${pid}/stat`])).get(`/proc/${pid}/stat`)
    return fromTexts(texts, stat?.[0])
  } catch (error) {
    if (error instanceof AppError) return { ...nothing, whyUnknown: cannotRun(error) }
    throw error
  }
}

/** Commands through a local link, or one that ends in front of a forwarded socket, may run beside the daemon's host. */
export function isSameHost(here: string, daemonHostname: string): boolean {
  const first = (name: string): string => name.trim().toLowerCase().split('.')[0] ?? ''
  return first(here) !== '' && first(here) === first(daemonHostname)
}

export function elsewhere(here: string, daemonHostname: string): string {
  return `Commands run on "${here}", but the daemon is on "${daemonHostname}".`
}

export function cannotRun(error: AppError): string {
  return `No command can be run on the host over this connection: ${error.message}.`
}

/** Lines by file. `grep` names the file before each line and goes on where one cannot be read. */
export async function readLines(link: Link, paths: readonly string[]): Promise<Map<string, string[]>> {
  const { stdout } = await link.run(['env', 'LC_ALL=C', 'grep', '-s', '-H', '', '--', ...paths], {
    signal: AbortSignal.timeout(limitMs),
    maxBytes,
  })
  const texts = new Map<string, string[]>()
  for (const line of stdout.split('\n')) {
    const path = paths.find((one) => line.startsWith(`${one}:`))
    if (path === undefined) continue
    const lines = texts.get(path)
    const text = line.slice(path.length + 1)
    if (lines) lines.push(text)
    else texts.set(path, [text])
  }
  return texts
}

export function fromTexts(texts: ReadonlyMap<string, readonly string[]>, daemonStat?: string): HostFiles {
  const first = (path: string): string | undefined => texts.get(path)?.[0]?.trim()
  const os = texts
    .get('/etc/os-release')
    ?.map((line) => /^PRETTY_NAME=(["']?)(.{1,200})\1$/.exec(line.trim())?.[2])
    .find(Boolean)
  const seconds = Number(first('/proc/uptime')?.split(' ')[0])
  const uptimeMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
  const flaws = flawFiles.flatMap((name) => {
    const text = first(`${flawFolder}/${name}`)
    return text === undefined ? [] : [{ name, text }]
  })
  const memory = memoryFrom(first)
  return {
    ...given('os', os),
    ...given('kernel', first('/proc/sys/kernel/osrelease')),
    ...given('uptimeMs', uptimeMs),
    ...given('daemonUptimeMs', daemonUptime(uptimeMs, daemonStat)),
    ksm: memory.merging === undefined ? 'unknown' : memory.merging.isOn ? 'on' : 'off',
    memory,
    smt: onOff(first(smtFile), ['1'], ['0']),
    nested: onOff(nestedFiles.map(first).find(Boolean), ['Y', '1'], ['N', '0']),
    ...given(
      'openFlaws',
      flaws.length === 0
        ? undefined
        : flaws
            .filter(({ text }) => text.startsWith('Vulnerable'))
            .map(({ name }) => name.replaceAll('_', ' ')),
    ),
  }
}

function onOff(text: string | undefined, on: readonly string[], off: readonly string[]): Known {
  if (text !== undefined && on.includes(text)) return 'on'
  return text !== undefined && off.includes(text) ? 'off' : 'unknown'
}

/** Field 22 of proc_pid_stat(5): the start after boot in clock ticks, a hundredth of a second wherever Linux runs VMs. */
function daemonUptime(uptimeMs: number | undefined, stat: string | undefined): number | undefined {
  // the name in parentheses may hold spaces
  const ticks = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
  if (uptimeMs === undefined || !Number.isFinite(ticks)) return undefined
  return Math.max(0, uptimeMs - ticks * 10)
}
