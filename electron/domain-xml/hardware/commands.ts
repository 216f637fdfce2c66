/** The equal of a change for a shell: what is stored by virt-xml, what happens to the running guest by virsh. */
import { shellWord } from '../../../shared/shell-word'
import { difference, movesOthers, withoutGone, type PathStep } from '../edit/difference'
import { EditDocument, type EditElement } from '../edit/tree'
import { maskSecrets } from '../secrets'
import type { Applied } from './change'
import { liveCommand, liveSteps } from './live'
import type { ChangeEffect } from '../../../shared/model/hardware/view'

export interface CommandTarget {
  readonly name: string
  readonly uri: string
  readonly isRunning: boolean
}

export interface ForCommands {
  readonly before: EditDocument
  readonly after: EditDocument
  /** Of the guest, while it runs. */
  readonly running?: EditDocument
  readonly applied: readonly Applied[]
  readonly effects: readonly ChangeEffect[]
}

export function changeCommands(worked: ForCommands, vm: CommandTarget): string[] {
  const { running } = worked
  const live = worked.applied.flatMap((one, index) =>
    running && vm.isRunning && worked.effects[index]?.when !== 'next-start' ? liveSteps(one, running) : [],
  )
  return [...storedCommands(worked, vm), ...live.flatMap((step) => liveCommand(step, vm) ?? [])]
}

/** Prefixes virt-xml knows (virtinst's own list); a definition with others is sent whole. */
const knownPrefixes = new Set(['qemu', 'libosinfo', 'cloudinit'])

function storedCommands({ before, after }: ForCommands, vm: CommandTarget): string[] {
  // both without secrets, so that no command ever shows one
  const [old, new_] = [EditDocument.parse(maskSecrets(before)), EditDocument.parse(maskSecrets(after))]
  const steps = difference(old.root, new_.root)
  if (steps.length === 0) return []
  if (steps.some((step) => !isSayable(step))) return [defineCommand(new_, vm)]
  const name = vm.name.startsWith('-') ? `--domain ${shellWord(vm.name)}` : shellWord(vm.name)
  const command = (part: readonly PathStep[]): string =>
    [
      `virt-xml${connect(vm)} ${name} --edit`,
      ...part.map((step) => `--xml ${shellWord(asOption(step))}`),
    ].join(part.length > 1 ? ' \\\n  ' : ' ')
  return parts(old.root, new_.root, steps)
    .filter((part) => part.length > 0)
    .map(command)
}

/**
 * virt-xml cannot take elements away and name others in one go. New devices come after those that go, whose places they
 * may get; anything else comes first, as what goes may be needed until then.
 */
function parts(before: EditElement, after: EditElement, steps: readonly PathStep[]): (readonly PathStep[])[] {
  const [staying, moving] = [steps.filter((step) => !movesOthers(step)), steps.filter(movesOthers)]
  const devices = (of: EditElement, name?: string): EditElement[] => of.find('devices')?.children(name) ?? []
  const addsDevices = devices(after).some(
    ({ name }) => devices(after, name).length > devices(before, name).length,
  )
  if (!addsDevices || moving.length === 0) return [staying, moving]
  const between = withoutGone(before, after)
  return [difference(before, between), difference(between, after)]
}

function isSayable(step: PathStep): boolean {
  const prefixes = [...step.path.matchAll(/(?:^|\/)@?([\w-]+):/g)].map(([, prefix]) => prefix ?? '')
  if (!prefixes.every((prefix) => knownPrefixes.has(prefix))) return false
  // an empty value would mean "remove" to virt-xml, and it escapes markup in attributes twice
  return (
    step.kind !== 'set' || (step.value !== '' && !(step.path.includes('@') && /[<>&"']/.test(step.value)))
  )
}

/** virt-xml takes options apart as a shell does (Python's shlex, at commas): a backslash keeps a character as it is. */
function asOption(step: PathStep): string {
  const escape = (text: string): string => text.replaceAll(/[\\,'"]/g, '\\$&')
  switch (step.kind) {
    case 'set':
      return `xpath.set=${step.path},xpath.value=${escape(step.value)}`
    case 'create':
      return `xpath.create=${step.path}`
    case 'delete':
      // an attribute or text is taken away by giving it no value: deleting would take its element
      return /@[\w:-]+$|text\(\)$/.test(step.path)
        ? `xpath.set=${step.path.replace('/text()', '')}=`
        : `xpath.delete=${step.path}`
  }
}

function defineCommand(document: EditDocument, vm: CommandTarget): string {
  return `virsh${connect(vm)} define /dev/stdin <<'EOF'\n${document.toString().trimEnd()}\nEOF`
}

export function connect({ uri }: { readonly uri: string }): string {
  return uri === '' ? '' : ` -c ${shellWord(uri)}`
}
