/** What the jobs are called that are begun here: the name alone tells what they do, to whoever looks at them later. */
import { randomBytes } from 'node:crypto'

export const jobWords = ['copy', 'flatten', 'merge', 'merge-top', 'backup', 'snapshot'] as const
export type JobWord = (typeof jobWords)[number]

export interface JobName {
  readonly word: JobWord
  /** The disk, or what is done. */
  readonly of: string
  /** Also at the end of the name of a node that was opened for it. */
  readonly tail: string
}

export function newTail(): string {
  return randomBytes(3).toString('hex')
}

/** An id is of letters, digits, dots and the like (util/id.c); a target is no more than that. */
export function jobIdOf({ word, of, tail }: JobName): string {
  return `innkeeper.${word}.${of}.${tail}`
}

export function readJobId(id: string): JobName | undefined {
  const [, word = '', of = '', tail = ''] = /^innkeeper\.([a-z-]+)\.(.+)\.([0-9a-f]{6})$/.exec(id) ?? []
  const known = jobWords.find((one) => one === word)
  return known === undefined ? undefined : { word: known, of, tail }
}

/** QEMU allows 31 bytes. */
export function nodeNameOf(target: string, tail: string): string {
  return `drive-${target}-${tail}`
}
