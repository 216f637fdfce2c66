/**
 * Files of -readconfig (https://www.qemu.org/docs/master/system/invocation.html): groups like `[drive "id"]` with
 * `key = "value"`. They become the options that they stand for.
 */
import { AppError } from '../../shared/errors'
import { escaped } from './option-list'

/** Groups whose option has another name, or whose words have no id. */
const names: Readonly<Record<string, string>> = { 'smp-opts': 'smp', 'boot-opts': 'boot', memory: 'm' }

export function configWords(text: string): string[] {
  const words: string[] = []
  let group: { option: string; parts: string[] } | undefined
  const end = (): void => {
    if (group) words.push(`-${group.option}`, group.parts.join(','))
    group = undefined
  }
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const head = /^\[([\w-]+)(?:\s+"([^"]*)")?\]$/.exec(line)
    const entry = /^([\w.-]+)\s*=\s*"([^"]*)"$/.exec(line)
    if (head) {
      end()
      const option = head[1] ?? ''
      group = {
        option: names[option] ?? option,
        parts: head[2] === undefined ? [] : [`id=${escaped(head[2])}`],
      }
    } else if (entry && group) {
      const [, key = '', value = ''] = entry
      // the driver comes first, as on a command line
      if (
        key === 'driver' ||
        key === 'type' ||
        key === 'backend' ||
        (key === 'qom-type' && group.option === 'object')
      ) {
        if (
          group.option === 'device' ||
          group.option === 'netdev' ||
          group.option === 'chardev' ||
          group.option === 'object' ||
          group.option === 'machine'
        ) {
          group.parts.unshift(escaped(value))
          continue
        }
      }
      group.parts.push(`${key}=${escaped(value)}`)
    } else
      throw new AppError(
        'invalid',
        `Line ${at + 1} of the file is none that QEMU writes: ${line.slice(0, 60)}`,
        {
          cure: 'A file of -readconfig has groups like [drive "id"] and lines like key = "value".',
          field: 'command',
        },
      )
  }
  end()
  return words
}
