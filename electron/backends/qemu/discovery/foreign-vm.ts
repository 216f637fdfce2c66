/** A process of QEMU that somebody else started, as a VM that is looked at. */
import { createHash } from 'node:crypto'
import { AppError } from '../../../../shared/errors'
import { vmId, type VmId } from '../../../../shared/model/ids'
import { EditDocument, parseElement } from '../../../domain-xml/edit/tree'
import { importProcess } from '../../../qemu-command/import-command'
import { OptionList } from '../../../qemu-command/option-list'
import { factsOf, type DefinedFacts } from '../definition'
import type { MonitorPlace } from '../guest'
import type { FoundProcess } from './processes'

export interface ForeignVm {
  readonly id: VmId
  readonly pid: number
  readonly startedTicks: number
  readonly words: readonly string[]
  /** What its command comes to. */
  readonly xml: string
  readonly facts: DefinedFacts
  /** Where its monitor for programs listens; empty: nobody can talk to it. */
  readonly monitors: readonly MonitorPlace[]
}

/** Whose a process is, as far as its command tells. */
export function ownerOf({ words }: FoundProcess): 'libvirt' | 'innkeeper' | 'probe' | 'other' {
  const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word))
  if (has(/\/libvirt\/qemu\/(?:[\w/-]+\/)?domain-\d+-/)) return 'libvirt'
  if (has(/^socket,id=innkeeper-qmp\d,/)) return 'innkeeper'
  // somebody asks QEMU what it has, and ends it
  if (has(/^stdio$/) || has(/^none(,|$)/)) return isProbe(words) ? 'probe' : 'other'
  return 'other'
}

function isProbe(words: readonly string[]): boolean {
  return words.some((word, at) => {
    const value = words[at + 1] ?? ''
    return (word === '-qmp' && value === 'stdio') || (/^-(M|machine)$/.test(word) && /^none(,|$)/.test(value))
  })
}

/** Undefined for a command that no definition can be made of, with the reason. */
export function foreignVm(process: FoundProcess): ForeignVm | { readonly why: string } {
  const words = process.words.map(plain)
  try {
    const document = EditDocument.parse(importProcess(words).xml, 'an imported command')
    const { root } = document
    const id = idOf(root.find('uuid')?.text(), process)
    if (root.find('uuid')) root.find('uuid')?.setText(id)
    else root.insert(parseElement(`<uuid>${id}</uuid>`), root.find('name'))
    if (!words.includes('-name')) root.find('name')?.setText(`qemu-${process.pid}`)
    // what QEMU draws in a window of its own is nowhere to be reached
    for (const graphics of root.find('devices')?.children('graphics') ?? [])
      if (
        graphics.attribute('port') === undefined &&
        graphics.find('listen')?.attribute('socket') === undefined
      )
        graphics.remove()
    const xml = document.toString()
    const facts = factsOf(xml)
    if (!facts) return { why: 'Its command comes to no definition' }
    const { pid, startedTicks } = process
    return { id, pid, startedTicks, words, xml, facts, monitors: monitorsOf(words, process.folder) }
  } catch (error) {
    if (error instanceof AppError) return { why: error.message }
    throw error
  }
}

/** Control characters have no place in a definition. */
function plain(word: string): string {
  // oxlint-disable-next-line no-control-regex
  return word.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '\ufffd')
}

/** Its own UUID, or one made of which process it is, so that it is the same as long as it runs. */
function idOf(uuid: string | undefined, { pid, startedTicks }: FoundProcess): VmId {
  const own = vmId.safeParse(uuid?.trim().toLowerCase())
  if (own.success) return own.data
  const hash = createHash('sha256').update(`innkeeper ${pid} ${startedTicks}`).digest('hex')
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ]
  return vmId.parse(parts.join('-'))
}

/** -qmp unix:PATH or tcp:HOST:PORT, or -mon with a chardev that is a socket. */
function monitorsOf(words: readonly string[], folder: string): MonitorPlace[] {
  const valuesOf = (option: RegExp): string[] =>
    words.flatMap((word, at) => (option.test(word) ? [words[at + 1] ?? ''] : []))
  const absolute = (path: string): string => (path.startsWith('/') ? path : `${folder}/${path}`)
  const direct = valuesOf(/^--?qmp(-pretty)?$/).flatMap((value): MonitorPlace[] => {
    const unix = /^unix:([^,]+)/.exec(value)?.[1]
    const tcp = /^tcp:([^,:]*):(\d{1,5})(?:,|$)/.exec(value)
    if (!/,server(=on|=yes)?(,|$)/.test(value)) return []
    if (unix !== undefined) return [{ path: absolute(unix) }]
    return tcp ? [placeOf(tcp[1] ?? '', Number(tcp[2]))] : []
  })
  const sockets = new Map(
    valuesOf(/^--?chardev$/).flatMap((value) => {
      const options = OptionList.parse(value, 'backend')
      const id = options.get('id')
      const [path, host, port] = [options.get('path'), options.get('host'), Number(options.get('port'))]
      if (id === undefined || options.first !== 'socket' || options.flag('server') !== true) return []
      if (path !== undefined) return [[id, { path: absolute(path) }] as const]
      return Number.isInteger(port) && port > 0 ? [[id, placeOf(host ?? '', port)] as const] : []
    }),
  )
  const named = valuesOf(/^--?mon$/).flatMap((value) => {
    const options = OptionList.parse(value, 'chardev')
    const socket = sockets.get(options.get('chardev') ?? '')
    return options.get('mode') === 'control' && socket ? [socket] : []
  })
  return [...direct, ...named].slice(0, 4)
}

function placeOf(host: string, port: number): MonitorPlace {
  return { address: { '': '127.0.0.1', '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host, port }
}
