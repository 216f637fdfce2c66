/** Which guests the host can run: one kind for each QEMU that is installed. */
import { AppError } from '../../../shared/errors'
import type {
  GuestCapabilities,
  GuestCapabilitiesQuery,
  HostCapabilities,
} from '../../../shared/model/host-details'
import type { Link } from '../../link/link'
import type { Emulators } from './emulators'
import type { QemuHost } from './host'
import { askQemu } from './probe/ask-qemu'
import { firmwaresOf } from './probe/firmwares'
import { guestCapabilities, questions } from './probe/guest-capabilities'

const statMs = 10_000

export async function readCapabilities(emulators: Emulators): Promise<HostCapabilities> {
  const all = await Promise.all(emulators.architectures.map((architecture) => emulators.of(architecture)))
  return {
    guests: all.map(({ architecture, path, accelerators, machines }) => ({
      // QEMU calls by its oldest processor what definitions call by a later one
      architecture: architecture === 'i386' ? 'i686' : architecture,
      osType: 'hvm',
      virtTypes: accelerators.map((one) => ({ name: one === 'tcg' ? 'qemu' : one, emulator: path })),
      machines: machines.map(({ name, canonical, isDeprecated }) => ({
        name,
        ...(canonical === undefined ? {} : { canonical }),
        isDeprecated,
      })),
      features: [],
    })),
  }
}

/** Answers of each QEMU as long as its program is the same; asked once for each way to accelerate. */
const known = new WeakMap<Link, Map<string, Promise<Told>>>()

interface Told {
  readonly answers: readonly unknown[]
  /** Names of screens that it was built with. */
  readonly displays: readonly string[]
}

export async function readGuestCapabilities(
  { link, emulators }: Pick<QemuHost, 'link' | 'emulators'>,
  query: GuestCapabilitiesQuery,
): Promise<GuestCapabilities> {
  const emulator = await emulators.of(query.architecture)
  const accelerator = query.virtType === 'qemu' ? 'tcg' : query.virtType
  if (!emulator.accelerators.some((one) => one === accelerator)) {
    throw new AppError('unsupported', `This host does not run guests with ${query.virtType}`, {
      cure: 'Emulate the guest (qemu) instead, or see why the accelerator does not work there.',
    })
  }
  const signal = AbortSignal.timeout(statMs)
  const [{ answers, displays }, firmwares, swtpm] = await Promise.all([
    toldBy(link, emulator.path, accelerator),
    firmwaresOf(link),
    link.run(['sh', '-c', 'command -v swtpm'], { signal }),
  ])
  return guestCapabilities(answers, {
    emulator: emulator.path,
    query,
    firmwares,
    hasSwtpm: swtpm.code === 0,
    displays,
  })
}

async function toldBy(link: Link, path: string, accelerator: string): Promise<Told> {
  const { stdout } = await link.run(['env', 'LC_ALL=C', 'stat', '-L', '-c', '%s %Y %i', '--', path], {
    signal: AbortSignal.timeout(statMs),
  })
  const cache = known.get(link) ?? new Map<string, Promise<Told>>()
  known.set(link, cache)
  const key = `${path} ${stdout.trim()} ${accelerator}`
  const asked = cache.get(key) ?? ask(link, path, accelerator)
  cache.set(key, asked)
  asked.catch(() => cache.delete(key))
  return asked
}

async function ask(link: Link, path: string, accelerator: string): Promise<Told> {
  const [answers, help] = await Promise.all([
    askQemu(link, { path, accelerator }, questions),
    link.run(['env', 'LC_ALL=C', path, '-display', 'help'], { signal: AbortSignal.timeout(statMs) }),
  ])
  return { answers, displays: help.stdout.split('\n').map((line) => line.trim()) }
}
