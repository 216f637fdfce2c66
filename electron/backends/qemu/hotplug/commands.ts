/** The equal of a change for whoever does it by hand: the file, and what the monitor of the running guest is told. */
import { AppError } from '../../../../shared/errors'
import { shellWord } from '../../../../shared/shell-word'
import { EditDocument, type EditElement } from '../../../domain-xml/edit/tree'
import { liveSteps, type LiveStep } from '../../../domain-xml/hardware/live'
import type { WorkedOut } from '../../../domain-xml/hardware/work-out'
import { maskSecrets } from '../../../domain-xml/secrets'
import { withDevice } from './attach'
import { addLine, forwardChanges, isUp, removeLine } from './cards'
import { withoutDevice } from './detach'
import { aliasOf, findRunning, type PlannedVm } from './running-vm'
import { difference, type Unit } from './units'

/** `file` is the stored definition; `vm` what runs, absent while it is off. */
export function commandsFor(
  { before, after, running, applied, effects }: WorkedOut,
  file: string,
  vm: PlannedVm | undefined,
): string[] {
  const stored = before.toString() === after.toString() ? [] : [`"\${EDITOR:-vi}" ${shellWord(file)}`]
  if (!vm || !running) return stored
  const steps = applied.flatMap((one, at) =>
    effects[at]?.when === 'next-start' ? [] : liveSteps(one, running),
  )
  const lines = steps.flatMap((step) => linesOf(vm, step))
  const name = before.root.find('name')?.text() ?? ''
  return lines.length === 0 ? stored : [...stored, `# in the monitor of ${name}:`, ...lines]
}

/** What will be refused has no command. */
function linesOf(vm: PlannedVm, step: LiveStep): string[] {
  try {
    return monitorLines(vm, step)
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

/** In the language of people (HMP) where it has a word, as the Monitor page takes them. */
function monitorLines(vm: PlannedVm, step: LiveStep): string[] {
  switch (step.kind) {
    case 'attach': {
      const { added } = difference(
        vm.plan(vm.definition),
        vm.plan(vm.whole(withDevice(vm, withoutSecrets(step.element)))),
      )
      return added.map(plugLine)
    }
    case 'detach': {
      const { removed } = difference(vm.plan(vm.definition), vm.plan(withoutDevice(vm, step.element)))
      return removed.toReversed().map(unplugLine)
    }
    case 'memory':
      return [`balloon ${Math.floor(step.sizeBytes / 1024 ** 2)}`]
    case 'update':
      return updateLines(vm, step.element)
    default:
      return []
  }
}

/** Of a whole definition only is it known where they are. */
function withoutSecrets(element: EditElement): EditElement {
  const document = EditDocument.parse(`<domain><devices>${element.toString()}</devices></domain>`)
  return EditDocument.parse(maskSecrets(document)).root.find('devices', element.name) ?? element
}

const plugWords = { object: 'object_add', chardev: 'chardev-add', netdev: 'netdev_add', device: 'device_add' }
const unplugWords = {
  object: 'object_del',
  chardev: 'chardev-remove',
  netdev: 'netdev_del',
  device: 'device_del',
}

function plugLine({ kind, word }: Unit): string {
  if (kind !== 'blockdev' && !word.startsWith('{')) return `${plugWords[kind]} ${word}`
  const execute = kind === 'blockdev' ? 'blockdev-add' : 'object-add'
  return `{"execute": "${execute}", "arguments": ${word}}`
}

function unplugLine({ kind, id }: Unit): string {
  return kind === 'blockdev'
    ? `{"execute": "blockdev-del", "arguments": ${JSON.stringify({ 'node-name': id })}}`
    : `${unplugWords[kind]} ${id}`
}

function updateLines(vm: PlannedVm, element: EditElement): string[] {
  const id = aliasOf(element) ?? ''
  if (element.name === 'interface') return cardLines(vm, element, id)
  if (element.name !== 'disk') return []
  const filename = element.find('source')?.attribute('file')
  const words = JSON.stringify(filename === undefined ? { id } : { id, filename })
  return [
    `{"execute": "${filename === undefined ? 'eject' : 'blockdev-change-medium'}", "arguments": ${words}}`,
  ]
}

function cardLines(vm: PlannedVm, element: EditElement, id: string): string[] {
  const before = findRunning(vm.definition.root, element)
  if (!before) return []
  const after = vm.definition.clone()
  findRunning(after.root, element)?.replaceWith(element.clone())
  const { gone, come } = forwardChanges(vm, after, id)
  return [
    ...gone.map((rule) => removeLine(id, rule)),
    ...come.map((rule) => addLine(id, rule)),
    ...(isUp(before) === isUp(element) ? [] : [`set_link ${id} ${isUp(element) ? 'on' : 'off'}`]),
  ]
}
