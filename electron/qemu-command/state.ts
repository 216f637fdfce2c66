/** What an import gathers while it goes through the words. */
import type { El } from './element'
import type { OptionList } from './option-list'

export interface Drive {
  readonly options: OptionList
  /** Of -blockdev. */
  readonly json?: Readonly<Record<string, unknown>>
  readonly words: readonly string[]
}

export interface Backend {
  readonly options: OptionList
  readonly words: readonly string[]
}

export class Import {
  name: string | undefined
  uuid: string | undefined
  machine: string | undefined
  isKvm = false
  accelerator: string | undefined
  memoryMib = 128
  maxMemory: { readonly mib: number; readonly slots: number } | undefined
  vcpus = 1
  maxVcpus: number | undefined
  topology: Readonly<Record<string, string>> | undefined
  hasAcpi = true
  /** QEMU adds a screen, a card and drives of its own unless it is told not to. */
  hasDefaults = true
  hasScreen = true
  isGraphical = true
  wantsUsb = false
  vga: string | undefined
  keymap: string | undefined
  readonly cpu: El[] = []
  cpuAttributes: Record<string, string> = {}
  readonly os: El[] = []
  readonly features: El[] = []
  readonly hyperv: El[] = []
  readonly timers: El[] = []
  clock: Record<string, string> = { offset: 'utc' }
  readonly bootOrder: string[] = []
  bootMenu: Record<string, string> | undefined
  onReboot = 'restart'
  onPoweroff = 'destroy'
  readonly memoryBacking: El[] = []
  readonly devices: El[] = []
  readonly disks: { readonly bus: string; readonly make: (target: string) => El; readonly index?: number }[] =
    []
  ioThreads: string[] = []
  /** By id, until a device asks for them. */
  readonly drives = new Map<string, Drive>()
  readonly netdevs = new Map<string, Backend>()
  readonly chardevs = new Map<string, Backend>()
  readonly objects = new Map<string, Backend>()
  readonly fsdevs = new Map<string, Backend>()
  readonly tpmdevs = new Map<string, Backend>()
  readonly audiodevs = new Map<string, Backend>()
  /** -net and the like, which belong together by being there. */
  readonly legacyNics: OptionList[] = []
  readonly legacyBackends: OptionList[] = []
  readonly forwards: string[] = []
  hasNetwork = false
  isSnapshot = false
  readonly told: string[] = []
  readonly kept: string[] = []

  constructor(
    readonly architecture: string,
    /** Of an image, where somebody has looked. */
    readonly formatOf: (path: string) => string | undefined,
  ) {}

  tell(sentence: string): void {
    if (!this.told.includes(sentence)) this.told.push(sentence)
  }

  /** Has no place in the model: goes to QEMU word for word. */
  keep(...words: readonly string[]): void {
    this.kept.push(...words)
  }
}
