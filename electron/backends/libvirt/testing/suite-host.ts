/** Puts VMs in place for the behaviour suite, on any host that virsh reaches. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SshEngine } from '../../../../shared/model/host'
import type { VmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import type { BackendLab, PreparedVm, VmRole } from '../../backend.suite'
import { libvirtBackend } from '../libvirt-backend'
import { prepareLayers, removeLayers, type LayersHost } from './suite-layers'
import type { Virsh } from './virsh'

export interface SuiteHost {
  readonly uri: string
  readonly keyFile?: string
  readonly sshEngine?: SshEngine
  readonly virsh: Virsh
  /** Name of an active pool that is a folder, and the path it has there. */
  readonly pool: { readonly name: string; readonly path: string }
  /** Of the definition, between the memory and the devices and inside of `<devices>`. */
  xml(role: VmRole | 'other'): { type: string; os: string; devices: string; displays: string[] }
  readonly memoryMiB: number
  /** Options to undefine with whatever hangs on a VM. */
  readonly undefineOptions: readonly string[]
  booted?(vm: PreparedVm): Promise<void>
  fileExists(path: string): Promise<boolean>
  tearDown(): Promise<void>
}

const secret = 'hush4711'
const roles: readonly VmRole[] = ['stopped', 'running', 'transient', 'headless', 'deletable']

export async function suiteLab(host: SuiteHost): Promise<BackendLab> {
  const { virsh, pool } = host
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-suite-'))
  const idOf = (role: VmRole): VmId => `5717e000-0000-4000-8000-00000000000${roles.indexOf(role)}` as VmId

  const remove = async (name: string): Promise<void> => {
    if (!(await virsh.has('domstate', name))) return
    await virsh.try('destroy', name)
    if (await virsh.has('domstate', name)) await virsh.do('undefine', name, ...host.undefineOptions)
  }
  const write = async (name: string, xml: string): Promise<string> => {
    const file = join(folder, `${name}.xml`)
    await writeFile(file, xml)
    return file
  }
  const volume = async (name: string, format: string): Promise<string> => {
    await virsh.try('vol-delete', name, '--pool', pool.name)
    await virsh.do('vol-create-as', pool.name, name, '1M', '--format', format)
    return `${pool.path}/${name}`
  }

  const prepare = async (role: VmRole): Promise<PreparedVm> => {
    const id = idOf(role)
    const name = `suite-${role}`
    const mac = `52:54:00:5e:00:0${roles.indexOf(role)}`
    await remove(id)
    const own: string[] = []
    const kept: string[] = []
    let disks = ''
    if (role === 'deletable') {
      await remove('suite-neighbour')
      own.push(await volume('suite-own.img', 'raw'))
      kept.push(await volume('suite-media.iso', 'raw'), await volume('suite-shared.img', 'raw'))
      kept.push(await volume('suite-used.img', 'raw'))
      disks =
        disk(own[0], 'vda', 'disk') +
        disk(kept[0], 'sda', 'cdrom') +
        disk(kept[1], 'vdb', 'disk', '<shareable/>') +
        disk(kept[2], 'vdc', 'disk')
      const neighbour = domainXml(host, 'other', {
        name: 'suite-neighbour',
        disks: disk(kept[2], 'vda', 'disk'),
      })
      await virsh.do('define', await write('neighbour', neighbour.xml))
    }
    const { xml, displays } = domainXml(host, role, { name, id, mac, disks })
    const file = await write(name, xml)
    if (role === 'transient') await virsh.do('create', file)
    else await virsh.do('define', file)
    if (role === 'running' || role === 'headless') await virsh.do('start', id)
    return {
      id,
      name,
      vcpuCount: 2,
      maxMemoryBytes: host.memoryMiB * 1024 * 1024,
      diskTargets: role === 'deletable' ? ['vda', 'vdb', 'vdc', 'sda'] : [],
      macs: [mac],
      displayTypes: displays,
      secrets: displays.includes('vnc') ? [secret] : [],
      removableFiles: own,
      keptFiles: kept,
    }
  }

  const layersHost: LayersHost = {
    virsh,
    pool,
    xml: (name, id, disks) => domainXml(host, 'other', { name, id, disks }).xml,
    write,
    remove,
  }

  return {
    prepareLayers: () => prepareLayers(layersHost),
    connect: () => openSession(host.uri, host.keyFile, undefined, host.sshEngine),
    prepare,
    saveFolder: folder,
    behindOurBack: {
      async define(name) {
        await remove(name)
        await virsh.do('define', await write('elsewhere', domainXml(host, 'other', { name, disks: '' }).xml))
        return (await virsh.do('domuuid', name)) as VmId
      },
      start: async (name) => void (await virsh.do('start', name)),
      stop: async (name) => void (await virsh.do('destroy', name)),
      undefine: async (name) => void (await virsh.do('undefine', name)),
    },
    ...(host.booted ? { booted: (vm: PreparedVm) => host.booted?.(vm) ?? Promise.resolve() } : {}),
    fileExists: (path) => host.fileExists(path),
    async tearDown() {
      await removeLayers(layersHost)
      for (const role of roles) await remove(idOf(role))
      for (const name of (await virsh.do('list', '--all', '--name')).split('\n')) {
        if (name.startsWith('suite-')) await remove(name)
      }
      for (const name of ['suite-own.img', 'suite-media.iso', 'suite-shared.img', 'suite-used.img']) {
        await virsh.try('vol-delete', name, '--pool', pool.name)
      }
      await rm(folder, { recursive: true })
      await host.tearDown()
    },
  }
}

/** Unknown host keys are accepted: the lab makes new ones each time. */
export function openSession(
  uri: string,
  keyFile?: string,
  signal: AbortSignal = new AbortController().signal,
  sshEngine?: SshEngine,
): Promise<HypervisorSession> {
  return libvirtBackend().connect({
    uri,
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(sshEngine === undefined ? {} : { sshEngine }),
    signal,
    onStage: () => undefined,
    log: () => undefined,
    ask: async (prompt) => (prompt.kind === 'host-key' ? { kind: 'host-key', accept: true } : null),
  })
}

function disk(path: string | undefined, target: string, device: string, more = ''): string {
  const bus = target.startsWith('v') ? 'virtio' : 'sata'
  return `<disk type='file' device='${device}'><driver name='qemu' type='raw'/><source file='${path}'/><target dev='${target}' bus='${bus}'/>${more}</disk>`
}

function domainXml(
  host: SuiteHost,
  role: VmRole | 'other',
  vm: { name: string; id?: string; mac?: string; disks: string },
): { xml: string; displays: string[] } {
  const { type, os, devices, displays } = host.xml(role)
  const card = vm.mac === undefined ? '' : `<interface type='user'><mac address='${vm.mac}'/></interface>`
  return {
    displays,
    xml: `<domain type='${type}'><name>${vm.name}</name>${vm.id === undefined ? '' : `<uuid>${vm.id}</uuid>`}
      <memory unit='MiB'>${host.memoryMiB}</memory><vcpu>2</vcpu>${os}
      <devices>${vm.disks}${card}${devices}</devices></domain>`,
  }
}

/** A VNC display with a password, the secret the suite looks for. */
export function vncXml(listen: string): string {
  return `<graphics type='vnc' passwd='${secret}' port='-1' autoport='yes'>${listen}</graphics>`
}
