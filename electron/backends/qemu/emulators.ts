/** QEMU as it is installed on the host: which programs, what version, and what they can accelerate with. */
import { AppError } from '../../../shared/errors'
import type { Link } from '../../link/link'
import type { Accelerator } from './argv/plan'

export interface Emulator {
  readonly architecture: string
  readonly path: string
  /** Dotted. */
  readonly version: string
  readonly accelerators: readonly Accelerator[]
  readonly machines: readonly EmulatedMachine[]
}

export interface EmulatedMachine {
  readonly name: string
  /** What an alias stands for. */
  readonly canonical?: string
  readonly isDeprecated: boolean
}

const limitMs = 20_000
/** Every program of that name on the way, each once. */
const findScript = `
IFS=:
for d in $PATH /usr/bin /usr/local/bin /usr/libexec; do
  for f in "$d"/qemu-system-* "$d"/qemu-kvm; do [ -x "$f" ] && [ -f "$f" ] && printf '%s\\n' "$f"; done
done
exit 0`

export class Emulators {
  readonly #byPath = new Map<string, Promise<Emulator>>()

  constructor(
    private readonly link: Link,
    /** Paths by the architecture in their names. */
    readonly paths: ReadonlyMap<string, string>,
  ) {}

  static async find(link: Link): Promise<Emulators> {
    const { stdout } = await link.run(['sh', '-c', findScript], { signal: AbortSignal.timeout(limitMs) })
    const paths = new Map<string, string>()
    for (const path of stdout.split('\n')) {
      const architecture = /\/qemu-system-([A-Za-z0-9_]+)$/.exec(path)?.[1]
      if (architecture !== undefined && !paths.has(architecture)) paths.set(architecture, path)
    }
    return new Emulators(link, paths)
  }

  get architectures(): string[] {
    return [...this.paths.keys()].toSorted()
  }

  /** For guests of this architecture; asked once. */
  async of(architecture: string): Promise<Emulator> {
    const path =
      this.paths.get(architecture === 'i686' ? 'i386' : architecture) ?? this.paths.get(architecture)
    if (path === undefined) {
      throw new AppError('unsupported', `The host has no QEMU for ${architecture}`, {
        cure: `Install qemu-system-${architecture} there.`,
      })
    }
    const known = this.#byPath.get(path) ?? this.#ask(architecture, path)
    this.#byPath.set(path, known)
    known.catch(() => this.#byPath.delete(path))
    return known
  }

  async #ask(architecture: string, path: string): Promise<Emulator> {
    const run = async (...words: string[]): Promise<string> => {
      const ended = await this.link.run(['env', 'LC_ALL=C', path, ...words], {
        signal: AbortSignal.timeout(limitMs),
      })
      return ended.stdout
    }
    const [version, machines, isKvm] = await Promise.all([
      run('--version'),
      run('-machine', 'help'),
      this.#canKvm(path, architecture),
    ])
    return {
      architecture,
      path,
      version: /version (\d+(?:\.\d+)+)/.exec(version)?.[1] ?? '0',
      machines: machinesFrom(machines),
      accelerators: isKvm ? ['kvm', 'tcg'] : ['tcg'],
    }
  }

  /**
   * A device file proves nothing, nor that KVM can be opened: a host that is a guest itself may have one that ends QEMU
   * when it sets up the host's own CPU. So a machine is made with that, which new VMs have as well; it never runs.
   */
  async #canKvm(path: string, architecture: string): Promise<boolean> {
    const machine = { x86_64: 'q35', i386: 'q35', i686: 'q35', aarch64: 'virt', riscv64: 'virt' }[
      architecture
    ]
    const words = [
      ...['-S', '-nodefaults', '-display', 'none', '-m', '128'],
      ...(machine === undefined ? [] : ['-machine', machine]),
      ...['-accel', 'kvm', '-cpu', 'host', '-qmp', 'stdio'],
    ]
    const signal = AbortSignal.timeout(limitMs)
    const quit = '{"execute":"qmp_capabilities"}\n{"execute":"quit"}\n'
    const { code } = await this.link.run([path, ...words], { signal, input: quit })
    return code === 0
  }
}

/** "q35                  Standard PC (Q35 + ICH9, 2009) (alias of pc-q35-7.2)" */
export function machinesFrom(help: string): EmulatedMachine[] {
  return help.split('\n').flatMap((line) => {
    const [, name, words] = /^(\S+)\s+(\S.*)$/.exec(line) ?? []
    if (name === undefined || words === undefined || name === 'Supported') return []
    const canonical = /\(alias of (\S+)\)/.exec(words)?.[1]
    return [
      {
        name,
        ...(canonical === undefined ? {} : { canonical }),
        isDeprecated: /\(deprecated\)/.test(words),
      },
    ]
  })
}
