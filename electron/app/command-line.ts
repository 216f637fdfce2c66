import type { VmTab } from '../../shared/ipc/contract'

/** What the command line asks for. Stable: scripts rely on it. */
export interface CommandLine {
  readonly connect: readonly string[]
  readonly showVm?: { readonly name: string; readonly tab: VmTab }
  readonly demo: boolean
  readonly version: boolean
  readonly help: boolean
  /** Things worth telling on stderr that do not stop the start. */
  readonly notes: readonly string[]
}

export const helpText = `Usage: innkeeper [options]

  --connect URI   add this host (qemu:///system, qemu+ssh://root@host/system …) and
                  connect to it; may be given several times
  --show-vm NAME  show this VM, found by name or UUID
  --tab TAB       with --show-vm: console, details, snapshots or performance
  --demo          add the demo host, which needs no hypervisor
  --version       print the version and exit
  --help          print this text and exit

Environment:
  INNKEEPER_HOME  folder for settings instead of the user's own
`

const tabs: Record<string, VmTab> = {
  console: 'console',
  details: 'overview',
  performance: 'overview',
  snapshots: 'snapshots',
}

/** Switches for Electron and Chromium, which share our command line; not ours to judge. */
const foreign =
  /^--(no-sandbox|inspect|remote-debugging|enable-|disable-|force-|ozone-|use-|password-store|user-data-dir|js-flags|lang|high-dpi|device-scale|headless|in-process|class|gtk-version|allow-file-access|original-process-start|secure-schemes|bypasscsp|cors-schemes|fetch-schemes|service-worker|standard-schemes|streaming-schemes|log-|v=|vmodule|trace-|touch-events|window-)/

export class UsageError extends Error {}

/** @throws UsageError with a sentence for stderr. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const connect: string[] = []
  const notes: string[] = []
  let name: string | undefined
  let tab: string | undefined
  const flags = { demo: false, version: false, help: false }

  const words = argv.flatMap((word) => {
    const match = /^(--(?:connect|show-vm|tab))=(.*)$/s.exec(word)
    return match ? [match[1] ?? '', match[2] ?? ''] : [word]
  })
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    const value = (): string => {
      index += 1
      const next = words[index]
      if (next === undefined || next === '') throw new UsageError(`${word} needs a value`)
      return next
    }
    if (word === '--connect' || word === '-c') connect.push(value())
    else if (word === '--show-vm') name = value()
    else if (word === '--tab') tab = value()
    else if (word === '--demo') flags.demo = true
    else if (word === '--version') flags.version = true
    else if (word === '--help' || word === '-h') flags.help = true
    else if (foreign.test(word) || word === '') continue
    else throw new UsageError(word.startsWith('-') ? `Unknown option ${word}` : `Unexpected argument ${word}`)
  }
  if (tab !== undefined && !(tab in tabs)) {
    throw new UsageError(`Unknown tab ${tab}; use console, details, snapshots or performance`)
  }
  if (tab !== undefined && name === undefined) throw new UsageError('--tab needs --show-vm')
  if (tab === 'snapshots') notes.push('This version has no snapshots tab; showing the details.')
  return {
    connect,
    ...(name === undefined ? {} : { showVm: { name, tab: tabs[tab ?? 'details'] ?? 'overview' } }),
    ...flags,
    notes,
  }
}
