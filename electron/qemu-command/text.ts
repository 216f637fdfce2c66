/** What somebody has: a command line, a script around one, or a file of -readconfig. */
import { AppError } from '../../shared/errors'
import { importCommand, importConfig, type ImportedCommand, type ImportHelp } from './import-command'

export interface ImportedText extends ImportedCommand {
  readonly source: 'command' | 'config'
}

/** Who a file of -readconfig alone is read for: it does not say. */
const usualProgram = 'qemu-system-x86_64'

export function importText(text: string, help: ImportHelp = {}): ImportedText {
  if (isConfig(text)) {
    const imported = importConfig(text, usualProgram, help)
    return {
      ...imported,
      told: [
        'A file of -readconfig does not say for which processor it is: x86_64 is taken.',
        ...imported.told,
      ],
      source: 'config',
    }
  }
  const { command, told } = commandIn(text)
  const imported = importCommand(command, help)
  return { ...imported, told: [...told, ...imported.told], source: 'command' }
}

function isConfig(text: string): boolean {
  const first = text.split(/\r?\n/).find((line) => line.trim() !== '' && !line.trim().startsWith('#'))
  return first !== undefined && /^\s*\[[\w-]+(\s+"[^"]*")?\]\s*$/.test(first)
}

const program = /(^|[\s/])(qemu-system-[\w-]+|qemu-kvm|kvm)(\s|\\?$)/

/**
 * The command of a script: its other lines do something else, such as setting up a network, which nobody does here. Places
 * in the text stay what they are, so that an error is found.
 */
function commandIn(text: string): { readonly command: string; readonly told: readonly string[] } {
  const lines = text.split('\n')
  const isCode = (line: string): boolean => line.trim() !== '' && !line.trim().startsWith('#')
  const first = lines.findIndex((line) => isCode(line) && program.test(line))
  if (first < 0) return { command: text, told: [] }
  // a command may be pasted without the \ of its lines: what begins with a dash goes on
  let last = first
  while (
    last + 1 < lines.length &&
    (/\\\r?$/.test(lines[last] ?? '') || /^\s*(-|#|$)/.test(lines[last + 1] ?? ''))
  )
    last += 1
  const left = lines.filter((line, at) => (at < first || at > last) && isCode(line))
  const another = left.find((line) => program.test(line))
  if (another !== undefined)
    throw new AppError('invalid', 'There is more than one command of QEMU', {
      cure: 'Paste one of them: each makes a VM of its own.',
      detail: another.trim().slice(0, 80),
      field: 'command',
    })
  const kept = lines.map((line, at) => (at < first || at > last ? '' : line)).join('\n')
  return {
    command: kept,
    told: left.map((line) => `Left out, as it is no part of QEMU’s command: ${line.trim().slice(0, 120)}`),
  }
}
