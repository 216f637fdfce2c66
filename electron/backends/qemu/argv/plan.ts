/**
 * What a definition comes to as the words of a QEMU command. `planArgv` is pure: everything it has to know of the host
 * is handed in.
 */

/** A stretch of the command that one thing of the definition produced. */
export interface ArgvPart {
  readonly words: readonly string[]
  /** What it is of, such as "memory", "disk vda" or "machine". */
  readonly of: string
  /** One sentence for people. */
  readonly why: string
}

/** A program that must be there before QEMU, such as swtpm or virtiofsd. */
export interface Helper {
  readonly program: string
  readonly words: readonly string[]
  readonly of: string
  readonly why: string
  /** Whose number stops it once the guest has ended. */
  readonly pidFile: string
  /** Of one that stays in the foreground: it can be used once this socket is there. Absent: it goes to the background by itself. */
  readonly socket?: string
  /** Absolute: where it keeps what has to stay. It does not make it. */
  readonly folder?: string
}

/** A file that must be there before QEMU, made of another one when it is missing: the variables of a UEFI firmware. */
export interface FileCopy {
  readonly from: string
  readonly to: string
  readonly why: string
}

/** A UEFI firmware of the host, as its descriptors under share/qemu/firmware tell (QEMU's docs/interop/firmware.json). */
export interface Firmware {
  /** The code, read-only. */
  readonly code: string
  readonly codeFormat: string
  /** The variables as they are before the first start; absent: it keeps none. */
  readonly variables?: string
  readonly variablesFormat?: string
  readonly architectures: readonly string[]
  /** Patterns of machine types with `*` at the end; empty: any. */
  readonly machines: readonly string[]
  /** Such as "secure-boot", "enrolled-keys", "requires-smm". */
  readonly features: readonly string[]
}

export interface ArgvPlan {
  readonly program: string
  readonly parts: readonly ArgvPart[]
  /** What the definition says and the command does not do, each with the reason. */
  readonly notes: readonly string[]
  /** In the order in which they are started. */
  readonly helpers: readonly Helper[]
  /** To be made before the start where `to` is missing. */
  readonly copies: readonly FileCopy[]
  /** Variables of the environment that the definition wants for QEMU; `argvOf` puts them in front. */
  readonly environment: readonly (readonly [name: string, value: string])[]
}

export type Accelerator = 'kvm' | 'hvf' | 'whpx' | 'tcg'

export interface ArgvSurroundings {
  /** Path of the QEMU program. */
  readonly emulator: string
  /** Dotted. */
  readonly version: string
  /** Names and aliases of machine types that the program has; empty: not known. */
  readonly machines: readonly string[]
  /** Those that were found to work on this host. */
  readonly accelerators: readonly Accelerator[]
  /** Absolute: holds pid, monitors (qmp-0 to qmp-2), vnc, serial-N while the VM runs. */
  readonly runFolder: string
  /** Absolute: holds vm.xml, nvram.fd, tpm/ and qemu.log. */
  readonly vmFolder: string
  /** UEFI firmwares of the host in the order in which they are preferred; absent: none. */
  readonly firmwares?: readonly Firmware[]
  /** The definition is of what runs: nothing is added to it but what can be plugged. */
  readonly isRunning?: boolean
  /** Path of qemu-bridge-helper; absent: the one that QEMU was built with. */
  readonly bridgeHelper?: string
  /** Path of virtiofsd; absent: /usr/libexec/virtiofsd. */
  readonly virtiofsd?: string
}

export type PlanArgv = (xml: string, surroundings: ArgvSurroundings) => ArgvPlan

export function argvOf(plan: ArgvPlan): readonly string[] {
  const variables = plan.environment.map(([name, value]) => `${name}=${value}`)
  return [
    ...(variables.length === 0 ? [] : ['env', ...variables]),
    plan.program,
    ...plan.parts.flatMap(({ words }) => words),
  ]
}
