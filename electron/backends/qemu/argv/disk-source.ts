/** Where a disk's content is, as QEMU's block layer is told: https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms */
import { type Build, refuse } from './build'
import { flag, number } from './options'
import type { Reading } from './reading'

export type BlockNode = { readonly [name: string]: unknown }

/** Of the layer that reads the file or device itself. Undefined: there is nothing in the drive. */
export function protocolNode(build: Build, layer: Reading, name: string): BlockNode | undefined {
  const source = layer.child('source')
  const type = layer.attr('type') ?? source?.attr('type') ?? 'file'
  if (!source) return undefined
  // libvirt's way of saying what to do when it is not there
  if (source.attr('startupPolicy') !== undefined && source.attr('startupPolicy') !== 'mandatory')
    build.notes.push(
      `${name}: a source that is missing stops the start here, as QEMU is not told to do without it.`,
    )
  for (const label of source.children('seclabel')) label.whole()
  source.attr('index')
  switch (type) {
    case 'file': {
      const file = source.attr('file')
      return file === undefined ? undefined : { driver: 'file', filename: file }
    }
    case 'block': {
      const dev = source.attr('dev')
      return dev === undefined
        ? undefined
        : {
            driver: layer.attr('device') === 'cdrom' && isDrive(dev) ? 'host_cdrom' : 'host_device',
            filename: dev,
          }
    }
    case 'dir': {
      const dir = source.attr('dir')
      return dir === undefined
        ? undefined
        : {
            driver: 'vvfat',
            dir,
            floppy: layer.attr('device') === 'floppy',
            rw: layer.child('readonly') === undefined,
          }
    }
    case 'network':
      return networkNode(build, source, name)
    case 'nvme': {
      const address = source.child('address')
      const part = (attribute: string, digits: number): string =>
        (number(address?.attr(attribute)) ?? 0).toString(16).padStart(digits, '0')
      address?.attr('type')
      return {
        driver: 'nvme',
        device: `${part('domain', 4)}:${part('bus', 2)}:${part('slot', 2)}.${part('function', 1)}`,
        namespace: number(source.attr('namespace')) ?? 1,
      }
    }
    case 'volume':
      refuse(
        `The disk ${name} is a volume of the pool "${source.attr('pool') ?? ''}", which only libvirt knows`,
        'Give the disk the file or device itself.',
      )
    // falls to the refusal of the next
    default:
      refuse(
        `QEMU cannot be given the source of the disk ${name}`,
        `Choose another kind of source than "${type}".`,
      )
  }
}

function isDrive(dev: string): boolean {
  return /^\/dev\/(cdrom|dvd|sr\d+)$/.test(dev)
}

interface Server {
  readonly host: string
  readonly port?: string
  readonly socket?: string
}

function serversOf(source: Reading): Server[] {
  return source.children('host').map((host) => {
    const transport = host.attr('transport') ?? 'tcp'
    const port = host.attr('port')
    const socket = transport === 'unix' ? host.attr('socket') : undefined
    return {
      host: host.attr('name') ?? 'localhost',
      ...(port === undefined ? {} : { port }),
      ...(socket === undefined ? {} : { socket }),
    }
  })
}

const usualPorts: Readonly<Record<string, string>> = {
  nbd: '10809',
  gluster: '24007',
  ssh: '22',
  sheepdog: '7000',
}

function networkNode(build: Build, source: Reading, name: string): BlockNode {
  const protocol = source.attr('protocol') ?? ''
  const path = source.attr('name') ?? ''
  const servers = serversOf(source)
  const first = servers[0] ?? { host: 'localhost' }
  const auth = source.child('auth')
  if (auth) {
    build.notes.push(
      `The disk ${name} is opened without its password: libvirt keeps secrets, QEMU alone has none.`,
    )
    auth.whole()
  }
  const server = (one: Server): BlockNode =>
    one.socket === undefined
      ? { type: 'inet', host: one.host, port: one.port ?? usualPorts[protocol] ?? '0' }
      : { type: 'unix', path: one.socket }
  switch (protocol) {
    case 'nbd':
      return { driver: 'nbd', server: server(first), ...(path === '' ? {} : { export: path }) }
    case 'iscsi': {
      const [target, lun] = path.split('/')
      const initiator = source.at('initiator', 'iqn')?.attr('name')
      return {
        driver: 'iscsi',
        portal: `${first.host}:${first.port ?? '3260'}`,
        target: target ?? '',
        lun: number(lun) ?? 0,
        transport: 'tcp',
        ...(initiator === undefined ? {} : { 'initiator-name': initiator }),
      }
    }
    case 'rbd': {
      const [pool, ...rest] = path.split('/')
      const snapshot = source.child('snapshot')?.attr('name')
      const conf = source.child('config')?.attr('file')
      const user = auth?.attr('username')
      return {
        driver: 'rbd',
        pool: pool ?? '',
        image: rest.join('/'),
        server: servers.map(({ host, port }) => ({ host, port: port ?? '6789' })),
        ...(snapshot === undefined ? {} : { snapshot }),
        ...(conf === undefined ? {} : { conf }),
        ...(user === undefined ? {} : { user }),
      }
    }
    case 'http':
    case 'https':
    case 'ftp':
    case 'ftps': {
      const query = source.attr('query')
      const verify = flag(source.child('ssl')?.attr('verify'))
      const readahead = number(source.child('readahead')?.attr('size'))
      const timeout = number(source.child('timeout')?.attr('seconds'))
      const cookies = (source.child('cookies')?.children('cookie') ?? []).map(
        (cookie) => `${cookie.attr('name') ?? ''}=${cookie.text() ?? ''}`,
      )
      return {
        driver: protocol,
        url: `${protocol}://${first.host}${first.port === undefined ? '' : `:${first.port}`}/${path.replace(/^\//, '')}${query === undefined ? '' : `?${query}`}`,
        ...(verify === undefined || !protocol.endsWith('s') ? {} : { sslverify: verify }),
        ...(readahead === undefined ? {} : { readahead }),
        ...(timeout === undefined ? {} : { timeout }),
        ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
      }
    }
    case 'ssh':
      return {
        driver: 'ssh',
        path: path.startsWith('/') ? path : `/${path}`,
        server: { host: first.host, port: first.port ?? '22' },
      }
    case 'gluster': {
      const [volume, ...rest] = path.split('/')
      return { driver: 'gluster', volume: volume ?? '', path: rest.join('/'), server: servers.map(server) }
    }
    case 'nfs': {
      const identity = source.child('identity')
      const user = number(identity?.attr('user')?.replace(/^\+/, ''))
      const group = number(identity?.attr('group')?.replace(/^\+/, ''))
      return {
        driver: 'nfs',
        server: { type: 'inet', host: first.host },
        path,
        ...(user === undefined ? {} : { user }),
        ...(group === undefined ? {} : { group }),
      }
    }
    default:
      refuse(`QEMU does not read disks by "${protocol}"`, `Choose another source for the disk ${name}.`)
  }
}
