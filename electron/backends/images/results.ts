/** What qemu-img's end means, as one sentence and some facts. Undefined: it failed. */
import type { ImageAction, ImageResult } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'
import { number, objectFrom } from './image-info'
import { withoutProgress, type Ended } from './long-command'

/** Exit codes of `qemu-img check` and `compare` that are answers. */
const answers: Partial<Record<ImageAction['kind'], readonly number[]>> = {
  check: [0, 2, 3],
  compare: [0, 1],
}

export function isAnswer(action: ImageAction, { code, stdout }: Ended): boolean {
  if (!(answers[action.kind] ?? [0]).includes(code)) return false
  return action.kind !== 'check' || stdout.trim().startsWith('{')
}

export function checkResult({ stdout }: Ended, isInUse: boolean): ImageResult {
  const json = objectFrom(stdout)
  const count = (name: string): number => number(json[name]) ?? 0
  const corruptions = count('corruptions')
  const leaks = count('leaks')
  const unread = count('check-errors')
  const fixed = count('corruptions-fixed') + count('leaks-fixed')
  const left = [
    ...(corruptions > 0 ? [counted(corruptions, 'error')] : []),
    ...(leaks > 0 ? [counted(leaks, 'leaked cluster')] : []),
    ...(unread > 0 ? [`${counted(unread, 'part')} that could not be checked`] : []),
  ]
  const facts: (readonly [string, string])[] = []
  const add = (label: string, name: string): void => {
    const value = number(json[name])
    if (value !== undefined) facts.push([label, String(value)])
  }
  add('Clusters', 'total-clusters')
  add('Clusters with data', 'allocated-clusters')
  add('Fragmented clusters', 'fragmented-clusters')
  add('Compressed clusters', 'compressed-clusters')
  add('Errors mended', 'corruptions-fixed')
  add('Leaks mended', 'leaks-fixed')
  const end = number(json['image-end-offset'])
  if (end !== undefined) facts.push(['End of the image', formatBytes(end)])
  if (isInUse) facts.push(['A VM runs with it', 'what it is just writing may look like an error'])
  const mended = fixed > 0 ? `, ${counted(fixed, 'error')} mended` : ''
  return {
    summary: left.length === 0 ? `No errors${mended}` : `${sentence(left.join(', '))}${mended}`,
    facts,
  }
}

export function compareResult({ code, stdout }: Ended): ImageResult {
  if (code === 0) return { summary: 'The images are equal', facts: [] }
  const words = withoutProgress(stdout)
  const offset = /offset (\d+)/.exec(words)?.[1]
  return {
    summary: 'The images differ',
    facts:
      offset === undefined
        ? [['qemu-img says', words.slice(0, 300)]]
        : [['First difference', `byte ${offset}, after ${formatBytes(Number(offset))}`]],
  }
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
