/** Two VMs with the same definition: one is changed by Innkeeper, the other by the commands that are shown for it. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError, isKind } from '../../../../shared/errors'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import type { HardwareView } from '../../../../shared/model/hardware/view'
import type { VmId } from '../../../../shared/model/ids'
import { canonical } from '../../../domain-xml/edit/difference'
import { EditDocument } from '../../../domain-xml/edit/tree'
import type { HypervisorSession } from '../../backend'
import type { Virsh } from './virsh'

const run = promisify(execFile)

export type Outcome =
  | { readonly kind: 'same'; readonly commands: readonly string[] }
  | { readonly kind: 'unequal'; readonly commands: readonly string[]; readonly what: string }
  | { readonly kind: 'refused'; readonly why: string }

export class Twins {
  readonly #ours: { readonly name: string; readonly id: VmId }
  readonly #twin: { readonly name: string; readonly id: VmId }

  constructor(
    private readonly session: HypervisorSession,
    private readonly virsh: Virsh,
    private readonly folder: string,
    number: number,
  ) {
    const id = (side: string): VmId => `7c1d0000-0000-4000-8000-0000000000${side}${number}` as VmId
    this.#ours = { name: `innkeeper-ours-${number}`, id: id('a') }
    this.#twin = { name: `innkeeper-twin-${number}`, id: id('b') }
  }

  /** Undefined, or why the host does not take it. */
  async define(text: string): Promise<string | undefined> {
    await this.remove()
    for (const { name, id } of [this.#ours, this.#twin]) {
      const document = EditDocument.parse(text)
      document.root.find('name')?.setText(name)
      document.root.find('uuid')?.setText(id)
      const file = join(this.folder, `${name}.xml`)
      await writeFile(file, document.toString())
      try {
        await this.virsh.do('define', '--validate', file)
      } catch (error) {
        return String((error as { stderr?: unknown }).stderr ?? error).trim()
      }
    }
    return undefined
  }

  /** Both, before their first instruction. */
  async start(): Promise<void> {
    for (const { name } of [this.#ours, this.#twin]) await this.virsh.do('start', '--paused', name)
  }

  async remove(): Promise<void> {
    for (const { name } of [this.#ours, this.#twin]) {
      await this.virsh.try('destroy', name)
      await this.virsh.try('undefine', name, '--nvram')
    }
  }

  view(): Promise<HardwareView> {
    return this.session.hardware(this.#ours.id)
  }

  async definition(): Promise<string> {
    return (await this.session.definition(this.#ours.id, 'stored')).xml
  }

  async change(
    changes: readonly HardwareChange[],
    when: 'now' | 'next-start' = 'next-start',
  ): Promise<Outcome> {
    const { base } = await this.view()
    const request = { base, changes: [...changes], when }
    let commands: readonly string[]
    try {
      commands = (await this.session.previewHardware(this.#ours.id, request)).commands
      await this.session.changeHardware(this.#ours.id, request, {
        signal: new AbortController().signal,
        onProgress: () => undefined,
      })
    } catch (error) {
      if (!(error instanceof AppError) || !(isKind(error, 'invalid') || isKind(error, 'unsupported')))
        throw error
      return { kind: 'refused', why: `${error.message}: ${error.detail ?? ''}` }
    }
    for (const command of commands) {
      const onTwin = command
        .replaceAll(this.#ours.name, this.#twin.name)
        .replaceAll(this.#ours.id, this.#twin.id)
      await run('sh', ['-c', onTwin])
    }
    const [ours, twin] = [await this.#stored(this.#ours), await this.#stored(this.#twin)]
    if (ours !== twin) return { kind: 'unequal', commands, what: onlyIn(ours, twin) }
    if (when === 'now') {
      const [one, other] = [await this.#running(this.#ours), await this.#running(this.#twin)]
      if (one !== other) return { kind: 'unequal', commands, what: onlyIn(one, other) }
    }
    return { kind: 'same', commands }
  }

  async #stored({ name }: { readonly name: string }): Promise<string> {
    const { root } = EditDocument.parse(await this.virsh.do('dumpxml', '--inactive', '--security-info', name))
    for (const part of ['name', 'uuid', 'genid']) root.find(part)?.setText('-')
    // libvirt makes these up where they are left out
    for (const port of root.find('devices')?.children('interface') ?? []) {
      for (const part of ['instanceid', 'interfaceid'])
        port.find('virtualport', 'parameters')?.setAttribute(part, '-')
    }
    return canonical(root)
  }
  /** The devices of a guest that runs, without what the hypervisor gives them. */
  async #running({ name }: { readonly name: string }): Promise<string> {
    const { root } = EditDocument.parse(await this.virsh.do('dumpxml', '--security-info', name))
    for (const device of root.find('devices')?.children() ?? [])
      for (const part of ['alias', 'address']) device.find(part)?.remove()
    return ['currentMemory', 'vcpu', 'cputune', 'devices']
      .map((part) => root.find(part))
      .map((part) => (part ? canonical(part) : ''))
      .join('\n')
  }
}

/** The elements of each that the other one has not, or all when only their order differs. */
function onlyIn(one: string, other: string): string {
  const [left, right] = [one.split('<'), other.split('<')]
  const lines = (from: readonly string[], not: readonly string[], mark: string): string[] =>
    from.flatMap((part) => (not.includes(part) ? [] : [`${mark} <${part}`]))
  const found = [...lines(left, right, 'ours'), ...lines(right, left, 'twin')]
  return found.length > 0 ? found.join('\n') : `${one}\n${other}`
}
