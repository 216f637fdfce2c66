/**
 * What qemu.conf says about consoles, and with which console options running QEMUs were started, read through the link
 * where it runs commands on the daemon's host. QEMU's monitor could tell the latter as well, but asking it through
 * libvirt marks the VM as tainted.
 */
import { AppError } from '../../../shared/errors'
import type { ConsoleDefaults } from '../../../shared/model/console-security'
import type { Known } from '../../../shared/model/host-security'
import type { VmId } from '../../../shared/model/ids'
import type { Link } from '../../link/link'
import { cannotRun, elsewhere, isSameHost, readLines } from '../host/details-files'

export const qemuConf = '/etc/libvirt/qemu.conf'
const limitMs = 6000
const maxBytes = 4 * 1024 * 1024

/**
 * Only settings that matter here, and of a password no more than its quotes: what is not sent cannot leak. `-o` prints
 * what matched, so the second pattern ends before the first character of a password.
 */
const settingsPattern =
  '^[[:space:]]*(vnc_listen|vnc_tls|vnc_tls_x509_verify|vnc_sasl|spice_listen|spice_tls|spice_sasl|seccomp_sandbox)[[:space:]]*=.*'
const passwordPattern = '^[[:space:]]*(vnc|spice)_password[[:space:]]*=[[:space:]]*""?'

export interface QemuSettings {
  readonly defaults: ConsoleDefaults
  readonly seccomp: Known
}

export function unreadable(why: string): QemuSettings {
  return { defaults: { kind: 'unreadable', why }, seccomp: 'unknown' }
}

export async function readQemuSettings(link: Link): Promise<QemuSettings> {
  const argv = ['env', 'LC_ALL=C', 'grep', '-E', '-o', '-h']
  const { stdout, stderr, code } = await link.run(
    [...argv, '-e', settingsPattern, '-e', passwordPattern, '--', qemuConf],
    { signal: AbortSignal.timeout(limitMs), maxBytes: 64 * 1024 },
  )
  // grep: 1 = nothing found, 2 = could not read
  if (code > 1 || code < 0) {
    if (/Permission denied/.test(stderr)) {
      return unreadable(`${qemuConf} may be read by root only, and the connection is not root's.`)
    }
    if (!/No such file/.test(stderr))
      return unreadable(`${qemuConf} cannot be read: ${stderr.trim().slice(0, 200)}`)
  }
  return settingsFrom(stdout)
}

export function settingsFrom(text: string): QemuSettings {
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const match = /^\s*(\w+)\s*=\s*(?:"([^"]*)("?)|(-?\d+))/.exec(line)
    const name = match?.[1]
    if (match && name !== undefined)
      values.set(name, match[4] ?? `${match[2] ?? ''}${name.endsWith('_password') ? match[3] : ''}`)
  }
  const isOn = (name: string): boolean => values.get(name) === '1'
  return {
    defaults: {
      kind: 'known',
      path: qemuConf,
      vncListen: values.get('vnc_listen') ?? '127.0.0.1',
      vncTls: isOn('vnc_tls'),
      vncVerifiesClients: isOn('vnc_tls_x509_verify'),
      vncSasl: isOn('vnc_sasl'),
      // an empty one keeps everybody out, which is a guard too
      vncPasswordSet: values.has('vnc_password'),
      spiceListen: values.get('spice_listen') ?? '127.0.0.1',
      spiceTls: isOn('spice_tls'),
      spiceSasl: isOn('spice_sasl'),
      spicePasswordSet: values.has('spice_password'),
    },
    // libvirt turns the filter on unless told otherwise (qemu.conf, since 4.0)
    seccomp: values.get('seccomp_sandbox') === '0' ? 'off' : 'on',
  }
}

/** The console options of a running QEMU (https://www.qemu.org/docs/master/system/vnc-security.html). */
export interface StartedVnc {
  readonly hasTls: boolean
  readonly verifiesClients: boolean
  readonly hasSasl: boolean
  readonly hasPassword: boolean
}

const perCommand = 64

/** By VM, for those whose command line could be read. `names` are those of running QEMU VMs. */
export async function readStartedVnc(
  link: Link,
  vms: readonly { readonly id: VmId; readonly name: string }[],
): Promise<Map<VmId, StartedVnc[]>> {
  const found = new Map<VmId, StartedVnc[]>()
  for (let at = 0; at < vms.length; at += perCommand) {
    const files = vms.slice(at, at + perCommand).map(({ name }) => `/run/libvirt/qemu/${name}.pid`)
    const pids = [...(await readLines(link, files)).values()].flatMap(([text = '']) =>
      /^\d{1,9}$/.test(text.trim()) ? text.trim() : [],
    )
    if (pids.length > 0) {
      for (const [id, started] of await readCommandLines(link, pids)) found.set(id, started)
    }
  }
  return found
}

async function readCommandLines(link: Link, pids: readonly string[]): Promise<Map<VmId, StartedVnc[]>> {
  const files = pids.map((pid) => `/proc/${pid}/cmdline`)
  // -z: words are separated by NUL; -A1: an option and its value
  const argv = ['env', 'LC_ALL=C', 'grep', '-s', '-a', '-z', '-x', '-H', '-A1', '--no-group-separator']
  const { stdout } = await link.run([...argv, '-e', '-uuid', '-e', '-vnc', '-e', '-object', '--', ...files], {
    signal: AbortSignal.timeout(limitMs),
    maxBytes,
  })
  return startedFrom(stdout, files)
}

/** `file:option` is followed by `file-value`. A pid may have been reused: the uuid says whose command line it is. */
export function startedFrom(text: string, files: readonly string[]): Map<VmId, StartedVnc[]> {
  const byFile = new Map<string, { uuid?: string; vnc: string[]; objects: string[] }>()
  let option = ''
  for (const record of text.split('\0')) {
    const file = files.find((one) => record.startsWith(one))
    if (file === undefined) continue
    const value = record.slice(file.length + 1)
    if (record[file.length] === ':') option = value
    else {
      const words = byFile.get(file) ?? { vnc: [], objects: [] }
      byFile.set(file, words)
      if (option === '-uuid') words.uuid = value
      if (option === '-vnc') words.vnc.push(value)
      if (option === '-object') words.objects.push(value)
    }
  }
  const started = [...byFile.values()].flatMap(({ uuid, vnc, objects }) =>
    uuid === undefined ? [] : ([[uuid as VmId, vnc.map((value) => startedVnc(value, objects))]] as const),
  )
  return new Map(started)
}

function startedVnc(value: string, objects: readonly string[]): StartedVnc {
  const options = value.split(',')
  const isOn = (name: string): boolean =>
    options.some((option) => option === name || option === `${name}=on` || option === `${name}=yes`)
  const credentials = options.find((option) => option.startsWith('tls-creds='))?.slice('tls-creds='.length)
  const object = credentials === undefined ? undefined : objects.find((one) => namesObject(one, credentials))
  return {
    // before libvirt 1.3: ",tls,x509verify=/etc/pki/libvirt-vnc"
    hasTls: credentials !== undefined || isOn('tls'),
    verifiesClients:
      options.some((option) => option.startsWith('x509verify')) ||
      (object !== undefined && /"verify-peer":true|verify-peer=(yes|on)/.test(object)),
    hasSasl: isOn('sasl'),
    hasPassword: isOn('password') || options.some((option) => option.startsWith('password-secret=')),
  }
}

function namesObject(object: string, id: string): boolean {
  return object.includes(`"id":"${id}"`) || object.split(',').includes(`id=${id}`)
}

/** Undefined when files seen through the link are those of the daemon's host; otherwise why not. */
export async function whyNotThere(link: Link, daemonHostname: string): Promise<string | undefined> {
  const file = '/proc/sys/kernel/hostname'
  try {
    const [here = ''] = (await readLines(link, [file])).get(file) ?? []
    return isSameHost(here, daemonHostname) ? undefined : elsewhere(here, daemonHostname)
  } catch (error) {
    if (error instanceof AppError) return cannotRun(error)
    throw error
  }
}
