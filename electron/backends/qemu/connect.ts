/** Opens a host on which QEMU is run without a daemon: the way in, its QEMU, and the folder of its VMs. */
import { AppError } from '../../../shared/errors'
import type { HostFeatures, HostInfo } from '../../../shared/model/host'
import { parseHostUri, uriParam, type HostUri } from '../../../shared/model/host-uri'
import type { Link } from '../../link/link'
import type { ConnectRequest, HypervisorSession } from '../backend'
import { commandsOf } from '../images/host-commands'
import { openHostLink } from '../open-link'
import { SessionEvents } from '../session-events'
import { catchUp } from './blocks/catch-up'
import { Discovery } from './discovery/discovery'
import { Emulators } from './emulators'
import { cancelled } from './errors'
import type { QemuHost } from './host'
import { readHost } from './host-info'
import { Inventory } from './inventory'
import { openedSession } from './session'
import { Store } from './store/store'

/** Of a socket's path (unix(7)), less the longest name in a run's folder. */
const longestRoot = 107 - '/run/00000000-0000-0000-0000-000000000000/serial-10.b'.length

const features: HostFeatures = {
  canSave: true,
  canPause: true,
  canStartPaused: true,
  canReset: true,
  canAskAgent: true,
  canRename: true,
  canAutostart: false,
  canDelete: true,
  hasGraphicalConsole: true,
  tellsCommand: true,
  updates: 'events',
}

export async function connectQemu(request: ConnectRequest): Promise<HypervisorSession> {
  const uri = parseHostUri(request.uri)
  refuseUnsupported(uri)
  if (request.signal.aborted) throw reasonOf(request.signal)
  request.onStage('reaching')
  const link = await openHostLink(uri, request)
  try {
    return await openSession(link, uri, request)
  } catch (error) {
    void link.close()
    throw request.signal.aborted ? reasonOf(request.signal) : error
  }
}

async function openSession(link: Link, uri: HostUri, request: ConnectRequest): Promise<HypervisorSession> {
  request.onStage('opening')
  const [found, emulators] = await Promise.all([readHost(link), Emulators.find(link)])
  const root = rootOf(uri, found.usualRoot)
  const version = await versionOf(emulators, found.info.architecture)
  const info: HostInfo = {
    ...found.info,
    ...(version === undefined ? {} : { hypervisorVersion: version }),
    connectedUri: `qemu-direct:///${uriParam(uri, 'root') === undefined ? '' : `?root=${root}`}`,
    isReadOnly: request.readOnly === true,
  }
  request.log(`QEMU ${version ?? ''} for ${emulators.architectures.join(', ')}; VMs are in ${root}`)
  const events = new SessionEvents()
  const store = new Store(link, root)
  const discovery = new Discovery(link, (text) => request.log(text))
  const inventory = new Inventory(
    store,
    (event) => events.emit(event),
    (error) => request.log(`Looking at the VMs: ${error instanceof Error ? error.message : String(error)}`),
    discovery,
  )
  const host: QemuHost = {
    link,
    commands: commandsOf(link),
    store,
    inventory,
    discovery,
    emulators,
    info,
    features,
    log: (text) => request.log(text),
  }
  request.onStage('listing')
  try {
    await inventory.start()
    if (request.signal.aborted) throw reasonOf(request.signal)
    const session = openedSession(host, uri, events)
    catchUp(host).catch((error: unknown) => request.log(`Looking at open images: ${String(error)}`))
    return session
  } catch (error) {
    inventory.close()
    throw error
  }
}

export function refuseUnsupported(uri: HostUri): void {
  if (uri.transport !== 'unix' && uri.transport !== 'ssh') {
    throw new AppError('unsupported', `QEMU without libvirt cannot be reached by ${uri.transport}`, {
      cure: 'Use qemu-direct:/// for this computer, or qemu-direct+ssh://user@host/ for another one.',
      field: 'uri',
    })
  }
  if (uri.path !== '/' && uri.path !== '') {
    throw new AppError('invalid', `"${uri.path}" has no meaning in this address`, {
      cure: 'Use qemu-direct:/// for this computer, or qemu-direct+ssh://user@host/ for another one.',
      field: 'uri',
    })
  }
}

function rootOf(uri: HostUri, usual: string): string {
  const root = (uriParam(uri, 'root') ?? usual).replace(/(?<=.)\/+$/, '')
  if (!root.startsWith('/')) {
    throw new AppError('invalid', 'The folder of the VMs must be an absolute path', {
      cure: 'Write it like ?root=/srv/vms.',
      field: 'uri',
    })
  }
  if (Buffer.byteLength(root) > longestRoot) {
    throw new AppError('invalid', 'The folder of the VMs has too long a path', {
      cure: `Sockets of running VMs lie in it, whose paths the system limits: use one of at most ${longestRoot} bytes.`,
      detail: root,
      field: 'uri',
    })
  }
  return root
}

async function versionOf(emulators: Emulators, architecture: string): Promise<string | undefined> {
  const [first] = emulators.architectures
  if (first === undefined) {
    throw new AppError('unsupported', 'QEMU is not installed on this host', {
      cure: 'Install it there: qemu-system-x86 and qemu-utils on Debian and Ubuntu, qemu-kvm and qemu-img on Fedora and its relatives.',
    })
  }
  const own = emulators.architectures.includes(architecture) ? architecture : first
  return (await emulators.of(own)).version
}

function reasonOf(signal: AbortSignal): unknown {
  return signal.reason instanceof AppError ? signal.reason : cancelled()
}
