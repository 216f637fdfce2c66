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

/** A program that must be there before QEMU, such as swtpm or virtiofsd. It goes into the background by itself. */
export interface Helper {
  readonly program: string
  readonly words: readonly string[]
  readonly of: string
  readonly why: string
  /** Whose number stops it once the guest has ended. */
  readonly pidFile: string
}

export interface ArgvPlan {
  readonly program: string
  readonly parts: readonly ArgvPart[]
  /** What the definition says and the command does not do, each with the reason. */
  readonly notes: readonly string[]
  /** In the order in which they are started. */
  readonly helpers: readonly Helper[]
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
}

export type PlanArgv = (xml: string, surroundings: ArgvSurroundings) => ArgvPlan

export function argvOf(plan: ArgvPlan): readonly string[] {
  return [plan.program, ...plan.parts.flatMap(({ words }) => words)]
}
